package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The figures of {@code bench} as a page with charts. */
final class HtmlPage {

    private HtmlPage() {}

    static void write(Result result, Path file) throws IOException {
        Files.writeString(file, of(result));
    }

    static String of(Result result) throws IOException {
        return ChartPage.of(HtmlPage.class, "page.html", JsonFile.tree(result));
    }
}
