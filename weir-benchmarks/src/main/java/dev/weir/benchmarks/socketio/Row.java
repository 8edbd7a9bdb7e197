package dev.weir.benchmarks.socketio;

import java.util.Locale;

/** The rows of the comparison. */
@SuppressWarnings("ImmutableEnumChecker") // no load has a state
enum Row {
    IDLE("resident memory of an idle connection, after a full collection", new IdleLoad()),
    BROADCAST("an event of 100 bytes to every client, until the last has it", new BroadcastLoad()),
    ECHO("clients that each send one message of 100 bytes and wait for it to come back", new EchoLoad()),
    CONNECT("connections from nothing to the namespace, and closed", new ConnectLoad()),
    SLOW("10 clients stop reading while events of 1 kB are broadcast; one goes on", new SlowReaderLoad()),
    WAVES("waves of connections, opened and closed; clients that join and leave rooms", new WaveLoad()),
    ATTACKS(
            "a flood of connects, slow handshakes, endless fragments, attachments and posts; others want their echo",
            new AttackLoad());

    /** The load of the other rows comes from few addresses. */
    private static final int ANY_NUMBER = 100_000;

    private final String title;
    private final Load load;

    Row(String title, Load load) {
        this.title = title;
        this.load = load;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** What a server is told to let in of one address, if it can be told. */
    int maxPerAddress(Size size) {
        return this == ATTACKS ? size.flood() / 3 : ANY_NUMBER;
    }

    Load load() {
        return load;
    }
}
