package dev.weir.socketio;

/** Decides whether a socket may enter a namespace. Called on a handler thread; may block. */
@FunctionalInterface
public interface Middleware {

    /**
     * Returns to let the socket go on, to the next middleware or in.
     *
     * @throws ConnectRefusedException to turn it away, with a message and data that the client is told
     * @throws Exception to turn it away as well; the client is told no more than that it was
     */
    void admit(Socket socket) throws Exception;
}
