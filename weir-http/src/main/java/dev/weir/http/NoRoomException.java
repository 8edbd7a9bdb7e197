package dev.weir.http;

/** The memory budget has no room for another connection now. An answer rather than a fault, so it has no stack. */
final class NoRoomException extends Exception {

    private static final long serialVersionUID = 1L;

    NoRoomException(String pool, long bytes) {
        super(
                "the memory budget has no room for another connection of " + pool + " (" + bytes + " bytes)",
                null,
                false,
                false);
    }
}
