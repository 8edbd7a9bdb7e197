package dev.weir.redis;

/**
 * Where a server listens.
 *
 * @param host its name or address
 * @param port its port, usually 6379
 */
public record RedisNode(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
