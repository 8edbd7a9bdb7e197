package dev.weir.socketio;

/** When the server pings, and until when it waits for the pong. Guarded by the session's lock. */
final class Heartbeat {

    private final Settings settings;
    private long pingAt;
    private long pongBy;
    private boolean awaitsPong;

    Heartbeat(Settings settings, long now) {
        this.settings = settings;
        this.pingAt = now + settings.pingInterval;
    }

    void onPong(long now) {
        awaitsPong = false;
        pingAt = now + settings.pingInterval;
    }

    boolean pingIsDue(long now) {
        return !awaitsPong && now - pingAt >= 0;
    }

    void pinged(long now) {
        awaitsPong = true;
        pongBy = now + settings.pingTimeout;
    }

    /** @param paused we do not read: a pong may be there that we have not seen, so time does not count */
    boolean isOver(long now, boolean paused) {
        if (!awaitsPong) {
            return false;
        }
        if (paused) {
            pongBy = now + settings.pingTimeout;
        }
        return now - pongBy >= 0;
    }

    long due() {
        return awaitsPong ? pongBy : pingAt;
    }
}
