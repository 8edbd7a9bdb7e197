package dev.weir.benchmarks;

import dev.weir.benchmarks.client.OpenClient;
import dev.weir.benchmarks.client.RedisClients;
import java.util.ArrayList;
import java.util.List;

/** A {@code SET} and a {@code GET} of 100 bytes a request, on a real Redis. */
final class RedisWork implements Work {

    private static final int SIZE = 8;
    private static final int REQUESTS = 20;

    @Override
    public List<String> contenders() {
        return RedisClients.ALL;
    }

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        String url = System.getenv().getOrDefault(PostgresWork.URL, "");
        Effort effort = subject.effort();
        List<Figure> figures = new ArrayList<>();
        try (OpenClient client = RedisClients.open(subject.pool(), url, SIZE)) {
            ClientLoad load = new ClientLoad(subject, client);
            load.warmUp(effort.postgresMillis * 2);
            load.timed(SIZE, effort.postgresMillis);
            for (int threads : List.of(1, 8, 64)) {
                figures.addAll(load.timed(threads, effort.postgresMillis));
            }
            figures.addAll(load.virtual(effort.virtualThreads, REQUESTS));
        }
        return figures;
    }
}
