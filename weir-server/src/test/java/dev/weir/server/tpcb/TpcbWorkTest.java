package dev.weir.server.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.load.Meaning;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpcbWorkTest {

    private final TpcbWork work = new TpcbWork(
            (DataSource) Proxy.newProxyInstance(
                    TpcbWorkTest.class.getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (self, method, arguments) -> {
                        throw new SQLException("no connection", "08001");
                    }),
            new TpcbSql("weir_run"),
            1,
            new SplittableRandom(1));

    @ParameterizedTest
    @CsvSource({"40001, CONFLICT", "40P01, CONFLICT", "40003, ERROR", "23505, ERROR", "08006, ERROR"})
    void onlyAConflictWithOthersIsNoError(String state, Meaning expected) {
        assertThat(work.meaning(new SQLException("no", state))).isEqualTo(expected);
    }

    @Test
    void whatHasNoStateIsAnError() {
        assertThat(work.meaning(new SQLException("no"))).isEqualTo(Meaning.ERROR);
        assertThat(work.meaning(new IllegalStateException("no"))).isEqualTo(Meaning.ERROR);
    }

    @Test
    void whatFailedBeforeTheCommitIsCertain() {
        try {
            work.next();
            throw new AssertionError("there is no connection to be had");
        } catch (SQLException failure) {
            assertThat(work.meaning(failure)).isEqualTo(Meaning.ERROR);
        }
    }
}
