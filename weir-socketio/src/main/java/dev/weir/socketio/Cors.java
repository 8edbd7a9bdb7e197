package dev.weir.socketio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may use the server by polling; see <a
 * href="https://fetch.spec.whatwg.org/#http-cors-protocol">the CORS protocol</a>. Browsers do not apply it to
 * WebSocket. Immutable.
 *
 * @param origins the origins, such as {@code https://app.example}; {@code *} alone: any
 * @param methods the methods they may use
 * @param headers request headers that they may send beside the simple ones
 * @param credentials whether they may send cookies
 * @param maxAge how long a browser may remember this; zero: it is not said
 */
public record Cors(
        Set<String> origins, List<String> methods, List<String> headers, boolean credentials, Duration maxAge) {

    /** Copies the collections. */
    public Cors {
        origins = Set.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        if (credentials && origins.contains("*")) {
            throw new IllegalArgumentException("credentials for any origin would let every page act for its visitor:"
                    + " name the origins, or leave credentials off");
        }
    }

    /** GET and POST from these origins, without credentials. */
    public static Cors origins(String... origins) {
        return new Cors(Set.of(origins), List.of("GET", "POST"), List.of(), false, Duration.ZERO);
    }

    /** With cookies. */
    public Cors withCredentials() {
        return new Cors(origins, methods, headers, true, maxAge);
    }

    /** With further request headers. */
    public Cors withHeaders(String... names) {
        return new Cors(origins, methods, List.of(names), credentials, maxAge);
    }

    /** Remembered by browsers for so long. */
    public Cors withMaxAge(Duration age) {
        return new Cors(origins, methods, headers, credentials, age);
    }

    /** What an answer to a request of this origin says. */
    void decorate(@Nullable String origin, HttpHeaders answer) {
        boolean any = origins.contains("*");
        if (!any) {
            answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        }
        if (origin == null || !(any || origins.contains(origin))) {
            return;
        }
        answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, any ? "*" : origin);
        if (credentials) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }

    /** What the answer to a preflight of this origin says besides. */
    void decoratePreflight(@Nullable String origin, HttpHeaders answer) {
        decorate(origin, answer);
        if (!answer.contains(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            return;
        }
        answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, String.join(",", methods));
        if (!headers.isEmpty()) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(",", headers));
        }
        if (!maxAge.isZero()) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, maxAge.toSeconds());
        }
    }
}
