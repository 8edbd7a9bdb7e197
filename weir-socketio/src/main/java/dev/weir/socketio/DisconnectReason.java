package dev.weir.socketio;

/**
 * Why a socket left its namespace.
 *
 * @param text in Socket.IO's words, such as {@code ping timeout}
 * @param isRecoverable whether its state is kept for its return, where recovery is on
 * @param cause why its connection ended, or {@code null} if that goes on
 */
public record DisconnectReason(
        String text,
        boolean isRecoverable,
        @org.jspecify.annotations.Nullable CloseCause cause) {

    static final DisconnectReason CLIENT_NAMESPACE_DISCONNECT =
            new DisconnectReason("client namespace disconnect", false, null);
    static final DisconnectReason SERVER_NAMESPACE_DISCONNECT =
            new DisconnectReason("server namespace disconnect", false, null);

    static DisconnectReason of(CloseCause cause) {
        return new DisconnectReason(cause.reason(), cause.isRecoverable(), cause);
    }

    /** In Socket.IO's words. */
    @Override
    public String toString() {
        return text;
    }
}
