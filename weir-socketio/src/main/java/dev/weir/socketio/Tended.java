package dev.weir.socketio;

/** Something with deadlines, looked after on an event loop. */
interface Tended {

    /** Does what is due. Returns when to come next, at the latest. */
    long tend(long now);

    /** Its place in its warden's list; negative: none. */
    int place();

    void place(int place);
}
