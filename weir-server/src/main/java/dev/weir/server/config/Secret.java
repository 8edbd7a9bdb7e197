package dev.weir.server.config;

/** A password on its way to the driver: it shows itself to nobody who does not ask by name. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a password. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The password itself. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
