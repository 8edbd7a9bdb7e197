package dev.weir.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The figures as a page with charts, which holds all that it needs: data, style and Chart.js from its Maven artifact. */
final class HtmlPage {

    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/";
    private static final String VERSION = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private HtmlPage() {}

    static void write(Result result, Path file) throws IOException {
        Files.writeString(file, of(result));
    }

    static String of(Result result) throws IOException {
        Properties artifact = new Properties();
        artifact.load(open(VERSION));
        String charts = read(CHARTS + artifact.getProperty("version") + "/dist/chart.umd.js")
                .replaceFirst("//# sourceMappingURL=\\S+\\s*$", "");
        // Nothing that a page's parser could take for the end of the script.
        String figures = JsonFile.tree(result).toString().replace("<", "\\u003c");
        return read("page.html").replace("{{chart.js}}", charts).replace("{{result}}", figures);
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = open(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = HtmlPage.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is not on the class path");
        }
        return in;
    }
}
