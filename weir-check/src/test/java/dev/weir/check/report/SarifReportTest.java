package dev.weir.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.check.Check;
import dev.weir.check.Given;
import dev.weir.check.Report;
import dev.weir.check.rule.Rules;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SarifReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The schema of OASIS, from the library of another maker. */
    private static JsonSchema schema() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(JSON.readTree(in));
        }
    }

    @Test
    void isValidAgainstItsSchema(@TempDir Path directory) throws Exception {
        String name = "a directory/ä hikari.properties";
        Path file = Files.writeString(
                directory.resolve("hikari.properties"),
                "jdbcUrl=jdbc:postgresql://h/d\nminimumIdle=20\nmaximumPoolSise=3\n");
        Report report = Check.file(file, name, new Given());
        JsonNode sarif = JSON.readTree(SarifReport.text(report, "0.1.0"));
        assertThat(schema().validate(sarif)).isEmpty();
        assertThat(schema().validate(JSON.readTree(SarifReport.text(new Report("x", 0, List.of(), List.of()), "1"))))
                .isEmpty();

        JsonNode run = sarif.path("runs").path(0);
        assertThat(run.at("/tool/driver/rules")).hasSameSizeAs(Rules.ALL);
        assertThat(run.path("results")).hasSameSizeAs(report.findings());
        for (JsonNode result : run.path("results")) {
            JsonNode rule =
                    run.at("/tool/driver/rules").path(result.path("ruleIndex").asInt());
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
        }
        JsonNode first = run.path("results").path(0);
        assertThat(first.path("level").asText()).isEqualTo("error");
        assertThat(first.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("a%20directory/%C3%A4%20hikari.properties");
        assertThat(first.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(2);
    }

    @Test
    void theSchemaWouldTellWhatIsWrong() throws Exception {
        assertThat(schema().validate(JSON.readTree("{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]}")))
                .isNotEmpty();
    }
}
