package dev.weir.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/** A pool with either client, as the outage tests use it: asks one tagged question at a time. */
interface Borrower extends AutoCloseable {

    /** Borrows a connection, has the server say the tag, and gives the connection back. */
    String echo(String tag);

    RedisCounts counts();

    @Override
    void close();

    enum Kind {
        JEDIS {
            @Override
            Borrower open(WeirRedisBuilder builder) {
                WeirJedis pool = builder.jedis();
                RedisClient client = pool.client();
                return new Borrower() {
                    @Override
                    public String echo(String tag) {
                        return client.echo(tag);
                    }

                    @Override
                    public RedisCounts counts() {
                        return pool.counts();
                    }

                    @Override
                    public void close() {
                        pool.close(Duration.ZERO);
                    }
                };
            }
        },
        LETTUCE {
            @Override
            Borrower open(WeirRedisBuilder builder) {
                WeirLettuce<String, String> pool = builder.lettuce();
                return new Borrower() {
                    @Override
                    public String echo(String tag) {
                        try (StatefulRedisConnection<String, String> connection = pool.getConnection()) {
                            return connection.sync().echo(tag);
                        }
                    }

                    @Override
                    public RedisCounts counts() {
                        return pool.counts();
                    }

                    @Override
                    public void close() {
                        pool.close(Duration.ZERO);
                    }
                };
            }
        };

        abstract Borrower open(WeirRedisBuilder builder);
    }
}
