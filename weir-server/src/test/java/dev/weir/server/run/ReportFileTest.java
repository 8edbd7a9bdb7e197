package dev.weir.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.server.config.RunPlan;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    @TempDir
    Path directory;

    private static RunReport report() {
        return new ReportMaker(RunPlan.standard(), Instant.EPOCH, Reached.NOTHING, null, true, null, null, null).make();
    }

    @Test
    void anInterruptedRunHasAWholeResultToo() throws IOException {
        Path file = directory.resolve("r.json");
        new ReportFile(file).write(report());
        JsonNode result = new ObjectMapper().readTree(file.toFile());
        assertThat(result.at("/verb").asText()).isEqualTo("run");
        assertThat(result.at("/outcome").asText()).isEqualTo("interrupted");
        assertThat(result.at("/transactions").asLong(-1)).isZero();
        assertThat(result.at("/invariantHolds").isNull()).isTrue();
        assertThat(result.at("/countersHold").isNull()).isTrue();
        assertThat(result.at("/shutdown").isNull()).isTrue();
    }

    @Test
    void anOldResultIsReplacedAndNoDraftIsLeft() throws IOException {
        Path file = Files.writeString(directory.resolve("r.json"), "old");
        new ReportFile(file).prepare();
        assertThat(file).hasContent("old");
        new ReportFile(file).write(report());
        assertThat(Files.readString(file)).startsWith("{").endsWith("}\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeTheRun() {
        assertThatThrownBy(() -> new ReportFile(directory).prepare()).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> new ReportFile(directory.resolve("none/r.json")).prepare())
                .hasMessageContaining("does not exist");
    }

    @Test
    void theDocumentsNameEveryField() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "cli.md"));
        Set<String> names = new TreeSet<>();
        collect(new ObjectMapper().readTree(ReportFile.text(report())), names);
        for (Class<?> part : RunReport.class.getDeclaredClasses()) {
            if (part.isRecord()) {
                for (RecordComponent component : part.getRecordComponents()) {
                    names.add(component.getName());
                }
            }
        }
        assertThat(names).allSatisfy(name -> assertThat(document).contains(name));
    }

    private static void collect(JsonNode node, Set<String> names) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            names.add(field.getKey());
            collect(field.getValue(), names);
        }
    }
}
