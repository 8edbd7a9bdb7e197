package dev.weir.server.steer;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service. */
final class ServiceOptions {

    static final String URL = "WEIR_DASHBOARD_URL";
    static final String TOKEN = "WEIR_DASHBOARD_TOKEN";

    @Option(
            names = "--url",
            paramLabel = "LINK",
            description =
                    "The link that the service printed at its start, with its token: http://HOST:PORT/#token=TOKEN. "
                            + "Without it, the environment variables " + URL + " and " + TOKEN + ".")
    @Nullable String url;

    RunningService service() {
        String link = url != null ? url : System.getenv(URL);
        if (link == null) {
            throw new IllegalArgumentException("which service? Give --url LINK, or set " + URL);
        }
        return new RunningService(link, System.getenv(TOKEN));
    }
}
