package dev.weir.redis;

import org.jspecify.annotations.Nullable;

/**
 * Tells the credentials of a new connection. Asked again for each connection that is opened, on one of Weir's worker
 * threads, so credentials may rotate while the pool runs: connections that exist live on with those they were opened
 * with until their lifetime ends or they are evicted. Must be thread-safe.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * The credentials to use now.
     *
     * @throws Exception if there are none for now; counts as a failure to connect, and is tried again
     */
    Credentials credentials() throws Exception;

    /** Credentials that never change. */
    static CredentialsProvider fixed(@Nullable String user, @Nullable String password) {
        Credentials fixed = new Credentials(user, password);
        return () -> fixed;
    }
}
