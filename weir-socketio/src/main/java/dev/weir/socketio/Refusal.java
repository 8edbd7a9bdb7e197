package dev.weir.socketio;

/** Why a request or a connection was turned away before there was a session, or without touching one; counted each. */
public enum Refusal {
    /** Neither polling nor websocket. */
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    /** No such session. */
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    /** A handshake that is not a GET. */
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    /** Anything else that is wrong with a request. */
    BAD_REQUEST(400, 3, "Bad request"),
    /** The application does not let this request in. */
    FORBIDDEN(403, 4, "Forbidden"),
    /** A revision other than 4. */
    UNSUPPORTED_PROTOCOL(400, 5, "Unsupported protocol version"),
    /** Too many connections of one address. */
    ADDRESS_LIMIT(429, 3, "Too many connections from this address"),
    /** The server has all the connections it may have. */
    SERVER_FULL(503, 3, "Server full"),
    /** The memory budget has no room for another connection. */
    MEMORY(503, 3, "Server full"),
    /** The server is shutting down. */
    SHUTTING_DOWN(503, 3, "Server shutting down"),
    /** A body larger than allowed. */
    TOO_LARGE(413, 3, "Payload too large"),
    /** A request line or header larger than allowed, or not HTTP. */
    BAD_HTTP(400, 3, "Bad request"),
    /** A path that is not the server's. */
    NOT_FOUND(404, 3, "Not found"),
    /** A request that did not arrive in time. */
    SLOW_REQUEST(408, 3, "Request timeout"),
    /** More connections that have not made their handshake than allowed; closed without an answer. */
    HANDSHAKES(0, 3, "Too many handshakes");

    private final int status;
    private final int code;
    private final String message;

    Refusal(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    /** The body that Engine.IO's clients expect; the message must need no escapes. */
    String json(String text) {
        return "{\"code\":" + code + ",\"message\":\"" + text + "\"}";
    }
}
