package dev.weir.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static final String SECRET = "correct horse battery";

    @Test
    void aPasswordNeedsItsUser() {
        Credentials credentials = Credentials.password("ops", SECRET);
        assertThat(credentials.admit(Map.of("username", "ops", "password", SECRET)))
                .isTrue();
        assertThat(credentials.admit(Map.of("username", "dev", "password", SECRET)))
                .isFalse();
        assertThat(credentials.admit(Map.of("username", "ops", "password", "wrong")))
                .isFalse();
        assertThat(credentials.admit(Map.of("token", SECRET))).isFalse();
        assertThat(credentials.admit(Map.of())).isFalse();
        assertThat(credentials.toString()).doesNotContain(SECRET);
    }

    @Test
    void aTokenIsEnough() {
        Credentials credentials = Credentials.token(SECRET);
        assertThat(credentials.admit(Map.of("token", SECRET))).isTrue();
        assertThat(credentials.admit(Map.of("username", "anybody", "password", SECRET)))
                .isTrue();
        assertThat(credentials.admit(Map.of("token", "wrong"))).isFalse();
        assertThat(credentials.admit(Map.of("token", 17))).isFalse();
        assertThat(credentials.toString()).doesNotContain(SECRET);
    }

    @Test
    void sessionsEndAndTheOldestGoFirst() {
        AtomicLong now = new AtomicLong();
        PageSessions sessions = new PageSessions(now::get);
        String first = sessions.begin();
        String second = sessions.begin();
        for (int i = 2; i < PageSessions.MAX; i++) {
            assertThat(sessions.isKnown(sessions.begin())).isTrue();
        }
        assertThat(sessions.isKnown(first)).isTrue();
        String last = sessions.begin();
        assertThat(sessions.isKnown(first)).isFalse();
        assertThat(sessions.isKnown(second)).isTrue();
        now.addAndGet(PageSessions.AGE);
        assertThat(sessions.isKnown(last)).isFalse();
        assertThat(sessions.isKnown(null)).isFalse();
    }
}
