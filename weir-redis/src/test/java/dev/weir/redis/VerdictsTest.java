package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.ConnectFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READONLY You can't write against a read only replica. | READ_ONLY",
                "LOADING Redis is loading the dataset in memory | LOADING",
                "MASTERDOWN Link with MASTER is down | MASTER_DOWN",
                "CLUSTERDOWN The cluster is down | CLUSTER_DOWN",
                "CLUSTERDOWN Hash slot not served | CLUSTER_DOWN",
                "MOVED 3999 127.0.0.1:6381 | REDIRECTED",
                "ASK 3999 127.0.0.1:6381 | REDIRECTED",
                "TRYAGAIN Multiple keys request during rehashing of slot | REDIRECTED",
                "BUSY Redis is busy running a script. | BUSY",
                "NOAUTH Authentication required. | NOT_AUTHENTICATED",
                "WRONGPASS invalid username-password pair | NOT_AUTHENTICATED",
                "ERR max number of clients reached | SERVER_FULL",
                "ERR unknown command | ORDINARY",
                "WRONGTYPE Operation against a key | ORDINARY",
                "READONLYISH | ORDINARY"
            })
    void aReplyIsUnderstood(String reply, ReplyVerdict verdict) {
        assertThat(ReplyVerdict.of(reply)).isEqualTo(verdict);
    }

    @Test
    void noReplyIsOrdinary() {
        assertThat(ReplyVerdict.of(null)).isEqualTo(ReplyVerdict.ORDINARY);
    }

    @Test
    void theReasonMayBeDeepInTheFailure() {
        Throwable failure = new IllegalStateException(
                "connecting failed", new RuntimeException("handshake", new Exception("WRONGPASS invalid")));
        assertThat(ConnectVerdict.of(failure)).isEqualTo(ConnectFailure.CONFIGURATION);
        assertThat(ConnectVerdict.of(new Exception("LOADING Redis is loading"))).isEqualTo(ConnectFailure.TRANSIENT);
        assertThat(ConnectVerdict.of(new Exception())).isEqualTo(ConnectFailure.TRANSIENT);
    }

    @Test
    void failuresThatCauseEachOtherAreLookedThroughOnce() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));
        assertThat(ConnectVerdict.of(first)).isEqualTo(ConnectFailure.TRANSIENT);
    }
}
