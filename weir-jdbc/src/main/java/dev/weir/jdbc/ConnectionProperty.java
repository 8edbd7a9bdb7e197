package dev.weir.jdbc;

/** What a borrower can change of a connection through {@link java.sql.Connection}; each a bit of the dirty mask. */
enum ConnectionProperty {
    AUTO_COMMIT(1 << 0),
    READ_ONLY(1 << 1),
    ISOLATION(1 << 2),
    HOLDABILITY(1 << 3),
    CATALOG(1 << 4),
    SCHEMA(1 << 5),
    NETWORK_TIMEOUT(1 << 6),
    CLIENT_INFO(1 << 7),
    TYPE_MAP(1 << 8),
    /** The driver's connection was handed out: everything may have changed. */
    UNWRAPPED(1 << 9);

    final int bit;

    ConnectionProperty(int bit) {
        this.bit = bit;
    }

    boolean in(int mask) {
        return (mask & bit) != 0;
    }
}
