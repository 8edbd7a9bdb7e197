package dev.weir.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.check.Check;
import dev.weir.check.Finding;
import dev.weir.check.Given;
import dev.weir.check.facts.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule fires, and stays silent, on the configurations of {@code cases.yaml}. */
class RuleCasesTest {

    /**
     * A configuration and whether its rule fires on it.
     *
     * @param file how the file is called, which says what it is
     * @param given facts from the command line
     */
    record Case(String rule, boolean fires, int number, String file, String text, Map<Fact, Long> given) {
        @Override
        public String toString() {
            return rule + (fires ? " fires " : " is silent ") + number;
        }
    }

    private static final Map<String, String> FILES = Map.of(
            "hikari", "hikari.properties",
            "properties", "pool.properties",
            "weir", "weir.yaml",
            "spring", "application.yml",
            "springProperties", "application.properties");

    @TempDir
    private Path directory;

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(RuleCasesTest.class.getResourceAsStream("cases.yaml"))) {
            List<Case> cases = new ArrayList<>();
            new YAMLMapper().readTree(in).properties().forEach(rule -> {
                for (String side : List.of("fires", "silent")) {
                    int number = 0;
                    for (JsonNode node : rule.getValue().path(side)) {
                        cases.add(read(rule.getKey(), side.equals("fires"), ++number, node));
                    }
                }
            });
            return cases.stream();
        }
    }

    private static Case read(String rule, boolean fires, int number, JsonNode node) {
        Map<Fact, Long> given = new java.util.EnumMap<>(Fact.class);
        node.path("given")
                .properties()
                .forEach(fact ->
                        given.put(Fact.valueOf(fact.getKey()), fact.getValue().asLong()));
        for (Map.Entry<String, String> kind : FILES.entrySet()) {
            if (node.has(kind.getKey())) {
                String text = node.path(kind.getKey()).asText();
                return new Case(rule, fires, number, kind.getValue(), text, given);
            }
        }
        throw new AssertionError(rule + ": a case without a file");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ruleDoesWhatItsCaseSays(Case test) throws Exception {
        Path file = Files.writeString(directory.resolve(test.file()), test.text());
        Given given = new Given();
        test.given().forEach((fact, number) -> given.with(fact, number, "--" + fact));
        List<Finding> findings = Check.file(file, test.file(), given).findings();
        List<Finding> own = findings.stream()
                .filter(finding -> finding.rule().number().equals(test.rule()))
                .toList();
        if (test.fires()) {
            assertThat(own).isNotEmpty().allSatisfy(finding -> {
                assertThat(finding.what()).isNotBlank().doesNotContain("hunter2");
                assertThat(finding.line()).doesNotContain("hunter2");
            });
        } else {
            assertThat(own).as("all findings: %s", findings).isEmpty();
        }
    }

    @Test
    void everyRuleHasACaseThatFiresAndOneThatDoesNot() throws IOException {
        Set<String> fires = new HashSet<>();
        Set<String> silent = new HashSet<>();
        cases().forEach(test -> (test.fires() ? fires : silent).add(test.rule()));
        List<String> numbers = Rules.ALL.stream().map(Rule::number).toList();
        assertThat(fires).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(silent).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void everyRuleIsSaidInFull() {
        assertThat(Rules.ALL.stream().map(Rule::number)).doesNotHaveDuplicates().isSorted();
        assertThat(Rules.ALL).allSatisfy(rule -> {
            assertThat(rule.number()).matches("W\\d{3}");
            assertThat(rule.why()).hasSizeGreaterThan(30).endsWith(".");
            assertThat(rule.advice()).endsWith(".");
            assertThat(rule.source()).isNotBlank();
        });
        assertThat(Rules.ALL).hasSizeGreaterThanOrEqualTo(30);
    }
}
