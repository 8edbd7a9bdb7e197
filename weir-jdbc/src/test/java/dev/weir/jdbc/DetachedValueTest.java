package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DetachedValueTest {

    @Test
    void valuesAreReadInTheTypesThatJdbcAllows() throws SQLException {
        assertThat(DetachedValue.as(int.class, 7L)).isEqualTo(7);
        assertThat(DetachedValue.as(long.class, "42")).isEqualTo(42L);
        assertThat(DetachedValue.as(double.class, new BigDecimal("1.5"))).isEqualTo(1.5);
        assertThat(DetachedValue.as(BigDecimal.class, 3)).isEqualTo(new BigDecimal("3"));
        assertThat(DetachedValue.as(boolean.class, 1)).isEqualTo(true);
        assertThat(DetachedValue.as(boolean.class, "f")).isEqualTo(false);
        assertThat(DetachedValue.as(String.class, 7)).isEqualTo("7");
        assertThat(DetachedValue.as(byte[].class, "ab")).isEqualTo(new byte[] {'a', 'b'});
        UUID id = new UUID(1, 2);
        assertThat(DetachedValue.as(UUID.class, id.toString())).isEqualTo(id);
        assertThat(DetachedValue.as(int.class, null)).isNull();
    }

    @Test
    void timesAreReadAsJavaTime() throws SQLException {
        LocalDateTime local = LocalDateTime.of(2026, 11, 23, 20, 14, 5, 123_000_000);
        Timestamp timestamp = Timestamp.valueOf(local);
        assertThat(DetachedValue.as(LocalDateTime.class, timestamp)).isEqualTo(local);
        assertThat(DetachedValue.as(LocalDate.class, timestamp)).isEqualTo(local.toLocalDate());
        assertThat(DetachedValue.as(Date.class, timestamp)).isEqualTo(Date.valueOf(local.toLocalDate()));
        assertThat(DetachedValue.as(OffsetDateTime.class, timestamp))
                .isEqualTo(timestamp.toInstant().atOffset(ZoneOffset.UTC));
        assertThat(DetachedValue.as(Timestamp.class, local)).isEqualTo(timestamp);
        OffsetDateTime offset = Instant.EPOCH.atOffset(ZoneOffset.ofHours(3));
        assertThat(DetachedValue.as(Instant.class, offset)).isEqualTo(Instant.EPOCH);
        assertThat(DetachedValue.as(Timestamp.class, offset)).isEqualTo(new Timestamp(0));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> DetachedValue.as(int.class, 1L << 40))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("out of the range of int");
        assertThatThrownBy(() -> DetachedValue.as(int.class, "seven")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DetachedValue.as(LocalDate.class, 7))
                .hasMessageContaining("a Integer cannot be read as java.time.LocalDate");
    }

    @Test
    void mutableValuesAreCopied() throws SQLException {
        byte[] bytes = {1, 2};
        assertThat(DetachedValue.as(byte[].class, bytes)).isEqualTo(bytes).isNotSameAs(bytes);
        Timestamp timestamp = new Timestamp(0);
        assertThat(DetachedValue.as(Object.class, timestamp))
                .isEqualTo(timestamp)
                .isNotSameAs(timestamp);
    }
}
