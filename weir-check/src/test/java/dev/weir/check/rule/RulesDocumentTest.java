package dev.weir.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/check.md} has every rule as the code has it. */
class RulesDocumentTest {

    private static final String BEGIN = "<!-- rules: begin -->\n";
    private static final String END = "<!-- rules: end -->\n";

    @Test
    void theDocumentHasTheRulesOfTheCode() throws Exception {
        StringBuilder rules = new StringBuilder("\n");
        for (Rule rule : Rules.ALL) {
            rules.append("### ")
                    .append(rule.number())
                    .append(' ')
                    .append(rule.title())
                    .append("\n\n");
            rules.append("*")
                    .append(rule.severity().name().toLowerCase(java.util.Locale.ROOT))
                    .append("* ");
            rules.append(rule.why()).append("\n\n");
            rules.append("Fix: ").append(rule.advice()).append("\n\n");
            rules.append("Source: ").append(rule.source()).append("\n\n");
        }
        // To take over what changed: copy this file's text between the marks.
        Files.writeString(Path.of("target", "rules.md"), rules);
        String document = Files.readString(Path.of("..", "docs", "check.md"));
        assertThat(document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END)))
                .isEqualTo(rules.toString());
    }
}
