package dev.weir.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every pool works on the driver that does nothing. */
class ContendersTest {

    @ParameterizedTest
    @FieldSource("dev.weir.benchmarks.contender.Contenders#ALL")
    void lendsAConnectionThatReadsOneRow(String id) throws Exception {
        Contender contender = Contenders.of(id);
        // Agroal lets a request that comes while it fills itself wait for its whole timeout, now and then.
        try (OpenPool pool = contender.open(PoolSpec.noop(2).withMin(0));
                Connection connection = pool.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1");
                ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(1);
            assertThat(result.next()).isFalse();
        }
        assertThat(contender.jars()).doesNotHaveDuplicates().isNotEmpty();
    }
}
