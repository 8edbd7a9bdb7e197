package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server of Node.js in the cluster, {@code cluster-node.mjs}, told what to do by lines. */
final class ClusterNode implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 30;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final int port;

    private ClusterNode(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.port = Integer.parseInt(line().substring("PORT=".length()));
    }

    static ClusterNode start(String redis) throws IOException, InterruptedException {
        NodeProject project = NodeProject.installed(Path.of("src/test/js"), Path.of("target/js"));
        return new ClusterNode(new ProcessBuilder("node", "cluster-node.mjs", redis)
                .directory(project.directory().toFile())
                .redirectError(project.directory().resolve("cluster-node.err").toFile())
                .start());
    }

    int port() {
        return port;
    }

    JsonNode tell(String command, Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(Arrays.asList(arguments));
        commands.write(JSON.writeValueAsString(all));
        commands.newLine();
        commands.flush();
        JsonNode answer = JSON.readTree(line());
        assertThat(answer.has("error")).as("%s: %s", command, answer).isFalse();
        return answer.path("value");
    }

    private String line() {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(answers.readLine());
                    } catch (IOException ended) {
                        throw new UncheckedIOException(ended);
                    }
                })
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
