package dev.weir.socketio;

/** Makes the adapters of a server's namespaces. */
@FunctionalInterface
public interface AdapterFactory {

    /**
     * Makes an adapter.
     *
     * @param namespace the namespace; {@link Namespace#receiveServerSide} takes what other servers emit
     * @param local reaches the sockets of this server
     */
    Adapter create(Namespace namespace, Adapter local);
}
