package dev.weir.pool;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that pools of this process connect to; one stays as long as a pool uses it. */
final class Endpoints {

    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** The endpoint of that name, which the pool joins. */
    Endpoint join(String name, Supply<?> supply) {
        return endpoints.compute(name, (key, existing) -> {
            Endpoint endpoint = existing == null ? new Endpoint(key) : existing;
            endpoint.join(supply);
            return endpoint;
        });
    }

    /** The pool leaves; with the last one the endpoint goes. */
    void leave(Endpoint endpoint, Supply<?> supply) {
        endpoints.computeIfPresent(endpoint.name(), (key, existing) -> {
            existing.leave(supply);
            return existing.isEmpty() ? null : existing;
        });
    }
}
