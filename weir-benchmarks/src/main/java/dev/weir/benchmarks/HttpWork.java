package dev.weir.benchmarks;

import dev.weir.benchmarks.client.HttpClients;
import dev.weir.benchmarks.client.OpenClient;
import dev.weir.benchmarks.client.TinyServer;
import java.util.ArrayList;
import java.util.List;

/** A {@code GET} of 100 bytes a request, from a server in the same JVM. */
final class HttpWork implements Work {

    private static final int SIZE = 8;

    @Override
    public List<String> contenders() {
        return HttpClients.ALL;
    }

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Effort effort = subject.effort();
        List<Figure> figures = new ArrayList<>();
        try (TinyServer server = new TinyServer();
                OpenClient client = HttpClients.open(subject.pool(), server.uri(), SIZE)) {
            ClientLoad load = new ClientLoad(subject, client);
            load.warmUp(effort.postgresMillis * 2);
            load.timed(SIZE, effort.postgresMillis);
            for (int threads : List.of(1, 8, 64)) {
                figures.addAll(load.timed(threads, effort.postgresMillis));
            }
        }
        return figures;
    }
}
