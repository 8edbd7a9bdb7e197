package dev.weir.socketio;

/** Makes the adapters of a server's namespaces. */
@FunctionalInterface
public interface AdapterFactory {

    /** Makes the adapter of a namespace. */
    Adapter create(AdapterContext namespace);
}
