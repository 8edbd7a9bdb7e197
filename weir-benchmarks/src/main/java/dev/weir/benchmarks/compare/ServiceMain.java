package dev.weir.benchmarks.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The JVM of the service. Its standard input gives the {@link Assignment}, then a command a line; each is answered by a line of
 * JSON. It ends with its standard input.
 */
final class ServiceMain {

    static final String WARM = "warm";
    static final String DISBAND = "disband";

    private ServiceMain() {}

    /** Starts the service. */
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Assignment assignment = mapper.readValue(line(commands), Assignment.class);
        try (Service service = new Service(assignment)) {
            answer(mapper, Map.of("port", service.port(), "webSocketPort", service.webSocketPort()));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                switch (line) {
                    case WARM -> answer(mapper, Map.of("seconds", service.warm(assignment.warmRounds())));
                    case DISBAND -> {
                        long received = service.received();
                        String failure = service.firstFailure();
                        answer(
                                mapper,
                                Map.of("received", received, "firstFailure", failure, "bytes", service.disband()));
                    }
                    default -> throw new IllegalArgumentException("no such command: " + line);
                }
            }
        }
        // Threads of clients and pools that are not daemons must not keep it.
        System.exit(0);
    }

    private static String line(BufferedReader from) throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("no assignment came");
        }
        return line;
    }

    private static void answer(ObjectMapper mapper, Map<String, ?> answer) throws IOException {
        System.out.println(mapper.writeValueAsString(answer));
    }
}
