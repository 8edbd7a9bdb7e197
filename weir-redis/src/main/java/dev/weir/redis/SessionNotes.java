package dev.weir.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was left on a connection since it was lent, as bits of an {@code int}: none set is as good as new. */
final class SessionNotes {

    /** {@code SELECT}. */
    static final int DATABASE = 1;
    /** {@code CLIENT SETNAME}. */
    static final int NAME = 1 << 1;
    /** {@code CLIENT TRACKING} and {@code CLIENT CACHING}. */
    static final int TRACKING = 1 << 2;
    /** {@code CLIENT NO-EVICT}. */
    static final int NO_EVICT = 1 << 3;
    /** {@code CLIENT NO-TOUCH}. */
    static final int NO_TOUCH = 1 << 4;
    /** {@code READONLY}: reads from a replica of a cluster. */
    static final int REPLICA_READS = 1 << 5;
    /** The client's own timeout for reads. */
    static final int SOCKET_TIMEOUT = 1 << 6;

    /** The next command is served even where its slot is only being imported. */
    static final int ASKING = 1 << 16;
    /** A transaction is open. */
    static final int MULTI = 1 << 17;
    /** Keys are watched. */
    static final int WATCH = 1 << 18;
    /** Messages may come at any time: {@code SUBSCRIBE} and its kin, {@code MONITOR}. */
    static final int SUBSCRIBED = 1 << 19;
    /** Another user or protocol, unanswered commands, a replica's stream: nothing that could be undone for sure. */
    static final int BEYOND_UNDOING = 1 << 20;

    private static final int UNDOABLE = 0xFFFF;

    private SessionNotes() {}

    /**
     * The notes after a command was sent.
     *
     * @param command {@code null} for one that leaves nothing behind
     * @param subcommand its first argument, where it {@linkplain SessionCommand#hasSubcommands() matters}
     */
    static int after(int notes, @Nullable SessionCommand command, @Nullable String subcommand) {
        int kept = notes & ~ASKING;
        if (command == null) {
            return kept;
        }
        return switch (command) {
            case SELECT -> kept | DATABASE;
            case READONLY -> kept | REPLICA_READS;
            case READWRITE -> kept & ~REPLICA_READS;
            case ASKING -> kept | ASKING;
            case MULTI -> kept | MULTI;
            case WATCH -> kept | WATCH;
            case EXEC, DISCARD -> kept & ~(MULTI | WATCH);
            case UNWATCH -> kept & ~WATCH;
            case SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE, MONITOR -> kept | SUBSCRIBED;
            case CLIENT -> kept | client(subcommand);
            case SCRIPT -> "DEBUG".equalsIgnoreCase(subcommand) ? kept | BEYOND_UNDOING : kept;
            case AUTH, HELLO, RESET, QUIT, SYNC, PSYNC, REPLCONF, HIMPORT -> kept | BEYOND_UNDOING;
        };
    }

    private static int client(@Nullable String subcommand) {
        return switch (String.valueOf(subcommand).toUpperCase(Locale.ROOT)) {
            case "SETNAME" -> NAME;
            case "TRACKING", "CACHING" -> TRACKING;
            case "NO-EVICT" -> NO_EVICT;
            case "NO-TOUCH" -> NO_TOUCH;
            // What they set cannot be asked for, or replies no longer follow commands.
            case "REPLY", "SETINFO" -> BEYOND_UNDOING;
            default -> 0;
        };
    }

    /** Whether the connection can be brought back to how it was lent. */
    static boolean canBeUndone(int notes) {
        return (notes & ~UNDOABLE) == 0;
    }

    /** Whether the borrower waits for messages rather than replies. */
    static boolean isSubscribed(int notes) {
        return (notes & SUBSCRIBED) != 0;
    }

    /** The commands that undo what was left, each as its words. */
    static List<List<String>> undo(int notes, RedisSettings settings) {
        List<List<String>> commands = new ArrayList<>(2);
        add(commands, notes, DATABASE, "SELECT", Integer.toString(settings.database()));
        add(commands, notes, NAME, "CLIENT", "SETNAME", Objects.requireNonNullElse(settings.clientName(), ""));
        add(commands, notes, TRACKING, "CLIENT", "TRACKING", "OFF");
        add(commands, notes, NO_EVICT, "CLIENT", "NO-EVICT", "OFF");
        add(commands, notes, NO_TOUCH, "CLIENT", "NO-TOUCH", "OFF");
        add(commands, notes, REPLICA_READS, "READWRITE");
        return commands;
    }

    private static void add(List<List<String>> commands, int notes, int note, String... words) {
        if ((notes & note) != 0) {
            commands.add(List.of(words));
        }
    }
}
