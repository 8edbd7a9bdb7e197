package dev.weir.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a run tells of its pools.
 *
 * @param enabled whether at all
 * @param address the interface's; the loopback one unless somebody says otherwise
 * @param port 0: any that is free
 */
public record MetricsPlan(boolean enabled, String address, int port) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_PORT = 65_535;

    /** What a run does when nobody says otherwise. */
    static MetricsPlan standard() {
        return new MetricsPlan(true, LOOPBACK, 0);
    }

    static MetricsPlan read(Fields root) {
        MetricsPlan standard = standard();
        Fields fields = root.group("metrics");
        if (fields == null) {
            return standard;
        }
        boolean enabled = fields.flag("enabled", standard.enabled());
        String address = Objects.requireNonNullElse(fields.text("address"), standard.address());
        if (!isAddress(address)) {
            fields.reject("address", "address '" + address + "': use an IP address of this machine, such as 127.0.0.1");
        }
        int port = fields.number("port", standard.port(), 0, MOST_PORT);
        fields.done();
        return new MetricsPlan(enabled, address, port);
    }

    /**
     * The same as options of a command line say.
     *
     * @param where a port, or {@code off}; {@code null}: as it is
     * @param at an address; {@code null}: as it is
     * @throws IllegalArgumentException if they cannot be used, saying why
     */
    public MetricsPlan with(@Nullable String where, @Nullable String at) {
        if (at != null && !isAddress(at)) {
            throw new IllegalArgumentException(
                    "--metrics-address is '" + at + "': use an IP address of this machine, such as 127.0.0.1");
        }
        String other = Objects.requireNonNullElse(at, address);
        if (where == null) {
            return new MetricsPlan(enabled, other, port);
        }
        if (where.equals("off")) {
            return new MetricsPlan(false, other, port);
        }
        if (!where.matches("\\d{1,5}") || Integer.parseInt(where) > MOST_PORT) {
            throw new IllegalArgumentException(
                    "--metrics-port is '" + where + "': use 0 for any free port, 1 to 65535, or off");
        }
        return new MetricsPlan(true, other, Integer.parseInt(where));
    }

    /** Only what needs no name service. */
    static boolean isAddress(String text) {
        if (!text.matches("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return false;
        }
        try {
            return InetAddress.getByName(text).getAddress().length > 0;
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }
}
