package dev.weir.socketio;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The judge from outside: Node's official client, and raw packets good and bad, against a {@code ScenarioServer} in a JVM of its
 * own with little memory, so that what is not bounded ends it.
 */
class OfficialClientIT {

    @TestFactory
    Stream<DynamicTest> scenarios() throws Exception {
        return Scenarios.judge(
                "weir",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:MaxDirectMemorySize=96m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weir.socketio.ScenarioServer");
    }
}
