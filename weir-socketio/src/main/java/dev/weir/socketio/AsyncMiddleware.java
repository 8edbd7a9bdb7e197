package dev.weir.socketio;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a socket may enter a namespace, and may take its time: no thread waits for the decision. Called on a
 * handler thread.
 */
@FunctionalInterface
public interface AsyncMiddleware {

    /**
     * Begins to decide.
     *
     * @return completes, on any thread, to let the socket go on, to the next middleware or in; fails with a
     *     {@link ConnectRefusedException} to turn it away with a message and data that the client is told, or with
     *     anything else to turn it away without. What has not completed within the server's middleware timeout is a
     *     refusal
     * @throws Exception as if the stage had failed with it
     */
    CompletionStage<?> admit(Socket socket) throws Exception;
}
