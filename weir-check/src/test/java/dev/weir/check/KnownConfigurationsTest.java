package dev.weir.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.check.facts.Fact;
import dev.weir.check.report.JsonReport;
import dev.weir.check.report.SarifReport;
import dev.weir.check.report.TextReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole configurations, as people have them: what is found, and nothing else. */
class KnownConfigurationsTest {

    private static final Path HERE = Path.of("src", "test", "resources", "dev", "weir", "check", "read");

    private static List<String> found(Report report) {
        return report.findings().stream()
                .map(finding -> finding.rule().number() + ":" + finding.place().line())
                .toList();
    }

    @Test
    void theDefaultsOfWeirRunAreClean() throws CheckException {
        Report report = Check.file(Path.of("..", "docs", "example.yaml"), "docs/example.yaml", new Given());
        assertThat(report.findings()).isEmpty();
        assertThat(report.pools()).isEqualTo(5);
        assertThat(report.score()).isEqualTo(100);
        assertThat(report.worst()).isEmpty();
    }

    @Test
    void listsOfTheDashboardAreNamesToo(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("run.yaml"), """
                dashboard:
                  allowedHosts: [weir.example, other.example]
                  allowedOrigins: ["https://weir.example"]
                  tokenEnv: WEIR_TOKEN
                  alowedHosts: [weir.example]
                pools:
                  - {name: shared, profile: shared}
                """);
        assertThat(Check.file(file, "run.yaml", new Given()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains("alowedHosts")
                        .contains("dashboard.allowedHosts is the nearest"));
    }

    @Test
    void theDefaultsOfWeirRunOnAFullServerAreNot() throws CheckException {
        Report report = Check.file(
                Path.of("..", "docs", "example.yaml"),
                "docs/example.yaml",
                new Given().with(Fact.MAX_CONNECTIONS, 100, "--max-connections").with(Fact.REPLICAS, 4, "--replicas"));
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule().number()).isEqualTo("W104");
            assertThat(finding.what()).isEqualTo("33 connections of 3 pools × 4 replicas = 132, but 100 are accepted");
            assertThat(finding.place().toString())
                    .startsWith("docs/example.yaml:")
                    .endsWith("(max)");
            assertThat(finding.line()).isEqualTo("max: 18");
        });
        assertThat(report.score()).isEqualTo(85);
    }

    @Test
    void theDefaultsOfHikari() throws CheckException {
        Report report = Check.file(HERE.resolve("hikari.properties"), "hikari.properties", new Given());
        // No socket timeout; then, as notes, no leak detection and no bound on the queue.
        assertThat(found(report)).containsExactly("W201:2", "W001:2", "W007:2");
        assertThat(report.score()).isEqualTo(100 - 5 - 1 - 1);
        assertThat(report.findings().get(0).line()).isEqualTo("dataSource.socketTimeout=30");
        assertThat(report.findings().get(2).line()).isEqualTo("leakDetectionThreshold=60000");
    }

    @Test
    void aSpringApplicationWithAProfile() throws CheckException {
        Report report = Check.file(HERE.resolve("application.yml"), "application.yml", new Given());
        assertThat(found(report))
                .containsExactlyInAnyOrder(
                        // without a profile: both pools' queues have no bound
                        "W001:9",
                        "W001:31",
                        // the profile legacy: its own queue, a large pool, the plans of so many, a misspelt name, a
                        // password
                        "W001:45",
                        "W103:45",
                        "W302:45",
                        "W702:46",
                        "W501:43");
        assertThat(report.findings().get(0).rule().severity()).isEqualTo(Severity.WARNING);
        assertThat(TextReport.lines(report)).noneMatch(line -> line.contains("hunter2"));
        assertThat(TextReport.lines(report))
                .contains("          spring.datasource.hikari.maximum-pool-size: 30")
                .contains("  where   application.yml:46 (spring.datasource.hikari.maximum-pool-sise)");
        assertThat(JsonReport.text(report, "1")).doesNotContain("hunter2");
        assertThat(SarifReport.text(report, "1")).doesNotContain("hunter2");
    }

    @Test
    void aFileForOneProfileStandsOnTheOneForAll(@TempDir Path directory) throws Exception {
        Path profile = Files.writeString(
                directory.resolve("application-prod.yml"), "spring.datasource.hikari.minimum-idle: 20");
        Report alone = Check.file(profile, "application-prod.yml", new Given());
        assertThat(alone.findings()).isEmpty();
        assertThat(alone.remarks()).singleElement().asString().contains("not beside it");

        Files.writeString(
                directory.resolve("application.yml"),
                "spring.datasource: {url: 'jdbc:postgresql://h/d?socketTimeout=9'}");
        Report both = Check.file(profile, "application-prod.yml", new Given());
        assertThat(both.findings()).anyMatch(finding -> finding.rule().number().equals("W101"));
        assertThat(both.remarks()).isEmpty();
    }

    @Test
    void severalDataSourcesOfOneApplicationShareTheServer(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("application.properties"), """
                app.orders.jdbc-url=jdbc:postgresql://db:5432/orders?socketTimeout=9
                app.orders.maximum-pool-size=60
                app.users.url=jdbc:postgresql://db:5432/users?socketTimeout=9
                app.users.hikari.maximum-pool-size=60
                app.other.jdbc-url=jdbc:postgresql://elsewhere:5432/users?socketTimeout=9
                """);
        Report report =
                Check.file(file, "a.properties", new Given().with(Fact.MAX_CONNECTIONS, 100, "--max-connections"));
        assertThat(report.pools()).isEqualTo(3);
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().number().equals("W104"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("120 connections of 2 pools", "db:5432"));
    }

    @Test
    void whatCannotBeReadIsToldWithItsMend(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> Check.file(directory.resolve("a.yml"), "a.yml", new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("there is no such file");
        for (String[] broken : new String[][] {
            {"b.yml", "a: [", "b.yml:"},
            {"c.yml", "a: 1", "neither"},
            {"d.properties", "a=1", "no key"},
            {"e.properties", "maximumPoolSize=\\u00", "four hexadecimal"},
            {"f.txt", "maximumPoolSize=1", ".properties"},
            {"g.yml", "spring: *x", "an alias without its anchor"},
            {"h.yml", "\n# nothing\n", "neither"},
            {"i.yml", " \n", "nothing stands in it"},
            {"j.properties", "", "nothing stands in it"},
            {"k.properties", "maximumPoolSize=1\n\0\1\2", "this is no text"},
            {"l.yml", "spring: " + "[".repeat(5_000), "too much"},
            {"m.yml", "spring: {a: " + "a".repeat(1 << 20) + "}", "larger than 1 MiB"},
        }) {
            Path file = Files.writeString(directory.resolve(broken[0]), broken[1]);
            assertThatThrownBy(() -> Check.file(file, broken[0], new Given()))
                    .isInstanceOf(CheckException.class)
                    .hasMessageContaining(broken[2]);
        }
    }
}
