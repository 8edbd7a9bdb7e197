package dev.weir.benchmarks.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The JVM of the load, which is counted nowhere. It says where its upstream is, reads a {@link LoadPlan}, puts the load on, says
 * what came of it, and stays with its WebSocket clients connected until its standard input ends.
 */
final class LoadMain {

    private LoadMain() {}

    /** Puts the load on. */
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Upstream upstream = new Upstream()) {
            System.out.println(mapper.writeValueAsString(Map.of("upstreamPort", upstream.port())));
            String plan = in.readLine();
            if (plan == null) {
                throw new IOException("no plan came");
            }
            try (OpenLoad load = new OpenLoad(mapper.readValue(plan, LoadPlan.class))) {
                System.out.println(mapper.writeValueAsString(load.run()));
                while (in.readLine() != null) {
                    // Only the end matters.
                }
            }
        }
        System.exit(0);
    }
}
