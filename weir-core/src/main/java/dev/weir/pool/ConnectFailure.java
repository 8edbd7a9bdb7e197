package dev.weir.pool;

/** What a failure to connect means for the pool. */
public enum ConnectFailure {
    /** The server could not be reached or refused for now: try again after a pause. */
    TRANSIENT,
    /** The server has no room for another connection: live with those there are. */
    SERVER_FULL,
    /** The credentials were refused: trying again helps only after they change. */
    CREDENTIALS,
    /** The settings cannot work, such as an unknown driver or database. */
    CONFIGURATION
}
