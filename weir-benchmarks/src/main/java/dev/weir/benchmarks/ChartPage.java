package dev.weir.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A page with charts, which holds all that it needs: data, style and Chart.js from its Maven artifact. */
public final class ChartPage {

    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/";
    private static final String VERSION = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private ChartPage() {}

    /**
     * The page.
     *
     * @param owner the class beside which the template stands
     * @param template its name; in it, {@code {{chart.js}}} and {@code {{result}}} are replaced
     */
    public static String of(Class<?> owner, String template, JsonNode result) throws IOException {
        Properties artifact = new Properties();
        try (InputStream in = open(ChartPage.class, VERSION)) {
            artifact.load(in);
        }
        String charts = read(ChartPage.class, CHARTS + artifact.getProperty("version") + "/dist/chart.umd.js")
                .replaceFirst("//# sourceMappingURL=\\S+\\s*$", "");
        // Nothing that a page's parser could take for the end of the script.
        String figures = result.toString().replace("<", "\\u003c");
        return read(owner, template).replace("{{chart.js}}", charts).replace("{{result}}", figures);
    }

    private static String read(Class<?> owner, String resource) throws IOException {
        try (InputStream in = open(owner, resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(Class<?> owner, String resource) {
        InputStream in = owner.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is not on the class path");
        }
        return in;
    }
}
