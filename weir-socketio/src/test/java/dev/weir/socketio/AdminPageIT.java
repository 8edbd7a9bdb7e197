package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.socketio.admin.AdminUi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of npm's {@code @socket.io/admin-ui} in headless Chromium: {@code admin-page.mjs} says what it does. */
@Tag("first-jdk")
class AdminPageIT {

    private static final String PASSWORD = "correct horse";
    private static final Map<String, String> TYPES =
            Map.of(".html", "text/html", ".js", "text/javascript", ".css", "text/css", ".svg", "image/svg+xml");

    @Test
    void thePageSeesSocketsAndDisconnectsOne() throws Exception {
        NodeProject node = NodeProject.installed(Path.of("src/test/js"), Path.of("target/js"));
        Path files = node.directory().resolve("node_modules/@socket.io/admin-ui/ui/dist");
        // From a server of its own, as it is in production.
        try (SocketIoServer pages = SocketIoServer.builder()
                        .port(0)
                        .pages(request -> file(files, request.path()))
                        .start();
                SocketIoServer server = SocketIoServer.builder()
                        .port(0)
                        .cors(Cors.origins(address(pages)).withCredentials())
                        .start();
                AdminUi admin = AdminUi.on(server)
                        .password("ops", PASSWORD)
                        .development(true)
                        .install()) {
            String said = node.script(
                    "admin-page",
                    Duration.ofMinutes(4),
                    List.of("admin-page.mjs", address(pages) + "/", address(server), "ops", PASSWORD));
            assertThat(said.lines())
                    .as("%s", admin)
                    .containsExactly(
                            "ok refused with another password",
                            "ok let in",
                            "ok sees sockets and their transports",
                            "ok disconnects one",
                            "ok let in again by its session",
                            "ok no error");
        }
    }

    private static String address(SocketIoServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    private static WebResponse file(Path directory, String path) throws IOException {
        Path file = directory
                .resolve(path.equals("/") ? "index.html" : path.substring(1))
                .normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
            return new WebResponse(404, Map.of(), new byte[0]);
        }
        String name = file.toString();
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.')), "application/octet-stream");
        return new WebResponse(200, Map.of("content-type", type), Files.readAllBytes(file));
    }
}
