package dev.weir.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands that leave something behind on the connection they are sent on, by the command reference of Redis 8.
 * Every other command can be followed by any borrower's.
 */
enum SessionCommand {
    ASKING,
    AUTH,
    CLIENT,
    DISCARD,
    EXEC,
    HELLO,
    HIMPORT,
    MONITOR,
    MULTI,
    PSUBSCRIBE,
    PSYNC,
    QUIT,
    READONLY,
    READWRITE,
    REPLCONF,
    RESET,
    SCRIPT,
    SELECT,
    SSUBSCRIBE,
    SUBSCRIBE,
    SYNC,
    UNWATCH,
    WATCH;

    /** By the length of the name, so that most commands are passed over by one look. */
    private static final SessionCommand[][] BY_LENGTH = byLength();

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final byte[] upper;

    SessionCommand() {
        byte[] bytes = new byte[name().length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) name().charAt(i);
        }
        upper = bytes;
    }

    private static SessionCommand[][] byLength() {
        List<List<SessionCommand>> lists = new ArrayList<>();
        for (SessionCommand command : values()) {
            int length = command.name().length();
            while (lists.size() <= length) {
                lists.add(new ArrayList<>());
            }
            lists.get(length).add(command);
        }
        return lists.stream().map(list -> list.toArray(SessionCommand[]::new)).toArray(SessionCommand[][]::new);
    }

    /** The command of that name, in any case; {@code null} for one that leaves nothing behind. */
    static @Nullable SessionCommand named(byte[] name) {
        if (name.length < BY_LENGTH.length) {
            for (SessionCommand command : BY_LENGTH[name.length]) {
                if (command.isNamed(name)) {
                    return command;
                }
            }
        }
        return null;
    }

    private boolean isNamed(byte[] name) {
        for (int i = 0; i < name.length; i++) {
            // Clears the bit by which small letters differ.
            if ((name[i] & ~0x20) != upper[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether it depends on the first argument what the command does. */
    boolean hasSubcommands() {
        return this == CLIENT || this == SCRIPT;
    }
}
