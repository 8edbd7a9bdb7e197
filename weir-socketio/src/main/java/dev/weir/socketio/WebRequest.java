package dev.weir.socketio;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of HTTP that is not Engine.IO's, as a {@link WebHandler} sees it.
 *
 * @param method such as {@code GET}
 * @param path decoded, without the query; begins with a slash
 * @param query the query's parameters by name
 * @param headers by their names in lower case; several of one name are joined by a comma
 * @param address the client's address, without its port; behind a trusted proxy, what the proxy says
 * @param secure whether it came over TLS
 * @param body what the client sent, at most the server's largest payload; belongs to the handler
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares requests, and a copy of the body would serve nobody
public record WebRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String address,
        boolean secure,
        byte[] body) {

    /** A header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Method and path; queries and headers may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
