package dev.weir.dashboard;

import dev.weir.socketio.WebRequest;
import dev.weir.socketio.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The page's files, read from the class path once: the list of them is a file, so that no path can ask for another. */
final class PageFiles {

    private static final String HOME = "/dev/weir/dashboard/page/";
    private static final String LIST = "files.txt";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "yaml", "application/yaml; charset=utf-8",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, PageFile> files = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record PageFile(String type, String tag, byte[] content) {}

    /** Reads them. */
    PageFiles() {
        for (String line : new String(read(LIST), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isBlank()) {
                byte[] content = read(line);
                String type = Objects.requireNonNull(TYPES.get(line.substring(line.lastIndexOf('.') + 1)), line);
                files.put("/" + line, new PageFile(type, tag(content), content));
            }
        }
        files.put("/", Objects.requireNonNull(files.get("/index.html"), "index.html"));
    }

    /**
     * Answers with a file.
     *
     * @throws Problem 404
     */
    WebResponse answer(WebRequest request) {
        PageFile file = files.get(request.path());
        if (file == null) {
            throw new Problem(404, "not-found", "There is nothing at this path.");
        }
        String host = request.header("host").orElse("");
        Map<String, String> headers = Headers.page(file.type(), file.tag(), host);
        boolean known = request.header("if-none-match").orElse("").equals(file.tag());
        return new WebResponse(known ? 304 : 200, headers, known ? new byte[0] : file.content());
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(HOME + name)) {
            return Objects.requireNonNull(in, () -> name + " is missing from the jar")
                    .readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
