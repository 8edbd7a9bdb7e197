package dev.weir.dashboard;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. The name in {@code Host} must be one of ours, so that no foreign name that was pointed at this machine
 * (DNS rebinding) reads anything; an {@code Origin} must be this very server; reading needs the token unless it comes over
 * loopback; changing always needs it. The token travels in a header that no foreign page can set, and in no cookie.
 */
final class Gate {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";

    private final Token token;
    private final Set<String> hosts;
    /** Whether it listens on loopback alone: a proxy in front makes every client look local, and is then to be named. */
    private final boolean local;

    /** Besides a server's own: those that a proxy in front gives it. */
    private final Set<String> origins;

    Gate(Token token, Set<String> hosts, Set<String> origins, boolean local) {
        this.token = token;
        this.hosts = hosts;
        this.origins = origins;
        this.local = local;
    }

    /**
     * A caller.
     *
     * @param host the header {@code Host}
     * @param origin the header {@code Origin}, if there is one
     * @param authorization the header {@code Authorization}, if there is one
     * @param address where it comes from
     * @param secure whether it comes over TLS
     * @param forwarded whether a proxy says that it comes from elsewhere
     */
    record Caller(
            @Nullable String host,
            @Nullable String origin,
            @Nullable String authorization,
            String address,
            boolean secure,
            boolean forwarded) {

        @Override
        public String toString() {
            return "caller at " + address;
        }
    }

    /** Throws unless the caller speaks to this server, from no other page. */
    void enter(Caller caller) {
        if (!isOurs(caller.host())) {
            throw new Problem(
                    421,
                    "wrong-host",
                    "This server does not answer to that name. Open it by the address it printed, or allow the name when it is started.");
        }
        if (caller.origin() != null
                && !isSameOrigin(caller)
                && !origins.contains(caller.origin().toLowerCase(Locale.ROOT))) {
            throw new Problem(403, "foreign-origin", "Requests from pages of another origin are refused.");
        }
    }

    /** Throws unless the caller may read. */
    void read(Caller caller) {
        if (!mayRead(caller)) {
            throw new Problem(
                    401, "token-needed", "Send the token that was printed at the start: Authorization: Bearer TOKEN.");
        }
    }

    /** Throws unless the caller may change something. */
    void change(Caller caller) {
        if (!holdsToken(caller)) {
            throw new Problem(
                    401,
                    "token-needed",
                    "Changes need the token that was printed at the start: Authorization: Bearer TOKEN.");
        }
    }

    boolean mayRead(Caller caller) {
        return (local && !caller.forwarded() && isLoopback(caller.address())) || holdsToken(caller);
    }

    boolean holdsToken(Caller caller) {
        String given = caller.authorization();
        return given != null
                && given.startsWith(BEARER)
                && token.matches(given.substring(BEARER.length()).strip());
    }

    private boolean isOurs(@Nullable String host) {
        return host != null
                && name(host)
                        .filter(name -> LOOPBACK_NAMES.contains(name) || hosts.contains(name))
                        .isPresent();
    }

    private static boolean isSameOrigin(Caller caller) {
        String scheme = caller.secure() ? "https://" : "http://";
        return caller.host() != null
                && (scheme + caller.host())
                        .toLowerCase(Locale.ROOT)
                        .equals(String.valueOf(caller.origin()).toLowerCase(Locale.ROOT));
    }

    /** The name in a {@code Host}, without its port. */
    private static Optional<String> name(String host) {
        try {
            return Optional.ofNullable(URI.create("http://" + host).getHost())
                    .map(name -> name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException notAHost) {
            return Optional.empty();
        }
    }

    /** Whether this is a name or an address, without a port. */
    static boolean isName(String text) {
        return text.indexOf('@') < 0
                && name(text).filter(text.toLowerCase(Locale.ROOT)::equals).isPresent();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException impossible) {
            return false;
        }
    }
}
