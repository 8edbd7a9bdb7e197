package dev.weir.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The request that a connection began with. Immutable. It is kept as long as the connection lives, so it is one block
 * of bytes, and what only the transport needs is left out.
 */
public final class Handshake {

    private static final Set<String> OF_THE_TRANSPORT = Set.of(
            "connection",
            "upgrade",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-extensions",
            "content-length",
            "transfer-encoding");

    /** The channel's own as a rule, so that it costs nothing. */
    private final InetAddress client;

    private final boolean secure;
    private final long issuedAt;
    /** The path and query, then the headers, a line each. */
    private final byte[] lines;

    Handshake(String uri, InetAddress client, boolean secure, HttpHeaders headers) {
        this.client = client;
        this.secure = secure;
        this.issuedAt = System.currentTimeMillis();
        StringBuilder block = new StringBuilder(uri).append('\n');
        headers.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_TRANSPORT.contains(name)) {
                block.append(name).append(':').append(header.getValue()).append('\n');
            }
        });
        this.lines = block.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The client's address, without its port; behind a trusted proxy, what the proxy says. */
    public String address() {
        return client.getHostAddress();
    }

    /** The path and query that were asked for. */
    public String uri() {
        String text = text();
        return text.substring(0, text.indexOf('\n'));
    }

    private String text() {
        return new String(lines, StandardCharsets.UTF_8);
    }

    /** The query's parameters, the first value of each. */
    public Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        new QueryStringDecoder(uri()).parameters().forEach((name, values) -> query.put(name, values.get(0)));
        return query;
    }

    /** The headers by their names in lower case; several of one name are joined by a comma. */
    public Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>();
        String text = text();
        for (String line : text.substring(text.indexOf('\n')).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                all.merge(line.substring(0, colon), line.substring(colon + 1), (one, other) -> one + ", " + other);
            }
        }
        return all;
    }

    /** A header by its name, in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers().get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether it came over TLS. */
    public boolean secure() {
        return secure;
    }

    /** When it was made. */
    public Instant time() {
        return Instant.ofEpochMilli(issuedAt);
    }

    /** An estimate of the bytes of heap it holds. */
    int weight() {
        return 64 + lines.length;
    }

    /** The address; headers may hold secrets. */
    @Override
    public String toString() {
        return "handshake of " + address();
    }
}
