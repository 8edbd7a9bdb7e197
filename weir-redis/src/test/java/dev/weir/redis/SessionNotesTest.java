package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNotesTest {

    private static final RedisSettings SETTINGS =
            WeirRedis.builder().node("localhost", 6379).database(2).settings();

    private static @Nullable SessionCommand named(String name) {
        return SessionCommand.named(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static int after(String... commands) {
        int notes = 0;
        for (String command : commands) {
            String[] words = command.split(" ", -1);
            notes = SessionNotes.after(notes, named(words[0]), words.length > 1 ? words[1] : null);
        }
        return notes;
    }

    @ParameterizedTest
    @EnumSource
    void everyNameIsFoundInAnyCase(SessionCommand command) {
        assertThat(named(command.name())).isSameAs(command);
        assertThat(named(command.name().toLowerCase(java.util.Locale.ROOT))).isSameAs(command);
        assertThat(named(command.name() + "X")).isNotEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "SET", "HGETALL", "EVAL", "SELECTS", "", "X", "BITFIELD_RO_AND_MUCH_LONGER"})
    void otherCommandsLeaveNothing(String name) {
        assertThat(named(name)).isNull();
        assertThat(after(name)).isZero();
    }

    @Test
    void whatCanBeUndoneIsUndoneByTheseCommands() {
        int notes = after(
                "SELECT 5",
                "client setname",
                "CLIENT TRACKING",
                "CLIENT CACHING",
                "CLIENT no-evict",
                "CLIENT NO-TOUCH",
                "READONLY");
        assertThat(SessionNotes.canBeUndone(notes)).isTrue();
        assertThat(SessionNotes.undo(notes, SETTINGS))
                .containsExactly(
                        List.of("SELECT", "2"),
                        List.of("CLIENT", "SETNAME", ""),
                        List.of("CLIENT", "TRACKING", "OFF"),
                        List.of("CLIENT", "NO-EVICT", "OFF"),
                        List.of("CLIENT", "NO-TOUCH", "OFF"),
                        List.of("READWRITE"));
    }

    @Test
    void whatWasUndoneByTheBorrowerIsForgotten() {
        assertThat(after("READONLY", "READWRITE")).isZero();
        assertThat(after("MULTI", "EXEC")).isZero();
        assertThat(after("WATCH key", "MULTI", "DISCARD")).isZero();
        assertThat(after("WATCH key", "UNWATCH")).isZero();
        assertThat(after("ASKING", "GET")).isZero();
        assertThat(after("CLIENT ID", "CLIENT INFO", "SCRIPT LOAD")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MULTI",
                "WATCH key",
                "SUBSCRIBE a",
                "PSUBSCRIBE a",
                "SSUBSCRIBE a",
                "MONITOR",
                "AUTH x",
                "HELLO 3",
                "RESET",
                "QUIT",
                "CLIENT REPLY",
                "CLIENT SETINFO",
                "SCRIPT DEBUG",
                "SYNC",
                "PSYNC",
                "REPLCONF",
                "HIMPORT",
                "ASKING"
            })
    void nothingElseCanBeUndone(String command) {
        assertThat(SessionNotes.canBeUndone(after(command))).isFalse();
        assertThat(SessionNotes.canBeUndone(after(command, "SELECT 1"))).isEqualTo(command.equals("ASKING"));
    }
}
