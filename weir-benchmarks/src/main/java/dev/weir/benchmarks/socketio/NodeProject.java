package dev.weir.benchmarks.socketio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Node's server, with the packages that it needs, in a directory. */
final class NodeProject {

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "server.mjs");
    private static final int MINUTES = 3;

    private NodeProject() {}

    /** Installs it, by the ordinary npm. */
    static void install(Path directory) throws IOException, InterruptedException {
        for (String file : FILES) {
            try (InputStream resource = NodeProject.class.getResourceAsStream(file)) {
                if (resource == null) {
                    throw new IOException("not on the class path: " + file);
                }
                Files.copy(resource, directory.resolve(file));
            }
        }
        Path log = directory.resolve("npm.log");
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException missing) {
            throw new IOException(
                    "npm is missing: install it with Node.js (on Debian: apt-get install nodejs npm)", missing);
        }
        if (!npm.waitFor(MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IOException("npm ci failed: " + Comparison.beginning(log));
        }
    }
}
