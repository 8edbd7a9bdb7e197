package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.QueuePolicy;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PropertyKeysTest {

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @Test
    void keysSetWhatTheyName() {
        JdbcSettings settings = WeirDataSource.fromProperties(properties(
                        "url", "jdbc:h2:mem:keys",
                        "user", "app",
                        "profile", "frugal",
                        "max", "7",
                        "acquire-timeout", "1500ms",
                        "queue-policy", "delay-target",
                        "budget-ceiling", "8MiB",
                        "isolation", "repeatable-read",
                        "driver.MODE", "PostgreSQL",
                        "query-cache-max-entries", "10"))
                .settings();
        assertThat(settings.pool().max()).isEqualTo(7);
        assertThat(settings.pool().acquireTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.pool().queuePolicy()).isEqualTo(QueuePolicy.DELAY_TARGET);
        assertThat(settings.pool().budgetCeiling()).isEqualTo(8L << 20);
        assertThat(settings.queryTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.isolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(settings.driverProperties()).containsEntry("MODE", "PostgreSQL");
        assertThat(settings.queryCache().maxEntries()).isEqualTo(10);
    }

    @Test
    void everyWrongPropertyIsToldAtOnceWithItsMend() {
        assertThatThrownBy(() -> WeirDataSource.fromProperties(properties(
                                "url", "jdbc:h2:mem:keys",
                                "aquire-timeout", "5s",
                                "idle-timeout", "120",
                                "max", "many",
                                "queue-policy", "fifo",
                                "min", "-1"))
                        .build())
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        invalid -> assertThat(invalid.problems())
                                .containsExactly(
                                        "unknown key aquire-timeout: did you mean acquire-timeout?",
                                        "idle-timeout is 120: write a time with its unit, such as 500ms, 15s, 2m or 1h",
                                        "max is many: write a whole number",
                                        "queue-policy is fifo: write one of reject-oldest, reject-newest, delay-target",
                                        "min is -1: use 0 or more"));
    }

    @Test
    void everySettingOfTheEngineHasAKey() {
        List<String> keys = new ArrayList<>();
        PropertyKeys.names().forEach(keys::add);
        for (RecordComponent setting : PoolSettings.class.getRecordComponents()) {
            assertThat(keys)
                    .contains(setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void everyKeyIsDocumentedAndNoOther() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                // HikariCP's names are in a table of their own, and are the only ones with capitals.
                .filter(key -> key.equals(key.toLowerCase(Locale.ROOT)))
                .toList();
        assertThat(PropertyKeys.names()).containsExactlyElementsOf(documented);
    }
}
