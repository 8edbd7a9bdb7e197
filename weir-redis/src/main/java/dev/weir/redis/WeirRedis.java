package dev.weir.redis;

/** The way in: {@link #builder()} sets up Redis connections for Jedis or Lettuce. */
public final class WeirRedis {

    private WeirRedis() {}

    /** Connections to be set up, from {@link Profile#SHARED}. */
    public static WeirRedisBuilder builder() {
        return new WeirRedisBuilder();
    }
}
