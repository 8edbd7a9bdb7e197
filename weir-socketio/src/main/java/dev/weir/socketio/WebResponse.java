package dev.weir.socketio;

import java.util.Map;

/**
 * The answer of a {@link WebHandler}.
 *
 * @param status such as 200
 * @param headers by name; length and connection are the server's to say
 * @param body must not be changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers, and files are sent again and again from one array
public record WebResponse(int status, Map<String, String> headers, byte[] body) {

    /** Copies the headers. */
    public WebResponse {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return status + ", " + body.length + " bytes";
    }
}
