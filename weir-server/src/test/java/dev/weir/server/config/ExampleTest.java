package dev.weir.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.PoolSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/example.yaml} is what people copy: it has to work, and to be whole. */
class ExampleTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "example.yaml");

    @Test
    void theExampleIsTheDefaultsWrittenOut() {
        assertThat(ConfigFile.read(EXAMPLE)).isEqualTo(RunPlan.standard());
    }

    @Test
    void theExampleNamesEverySettingOfAPool() throws IOException {
        String example = Files.readString(EXAMPLE);
        List<String> settings = Arrays.stream(PoolSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(settings).allMatch(setting -> example.contains(setting + ": "));
    }

    @Test
    void whatTheExampleLeavesAsARemarkCanBeTurnedOn() throws IOException {
        String example = Files.readString(EXAMPLE);
        String turnedOn = example.lines()
                .map(line -> line.replaceFirst("^(\\s*)#= ", "$1"))
                .reduce("", (text, line) -> text + line + "\n");
        assertThat(turnedOn).isNotEqualTo(example);
        RunPlan plan = ConfigFile.parse("example.yaml", turnedOn, Path.of("."));
        assertThat(plan.duration()).isNotNull();
        assertThat(plan.database()).isNotNull();
    }
}
