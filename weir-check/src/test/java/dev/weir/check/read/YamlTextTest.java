package dev.weir.check.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.check.CheckException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    private static List<String> lines(String text) throws CheckException {
        return YamlText.documents("a.yml", text).stream()
                .flatMap(List::stream)
                .map(entry -> entry.place().line() + " " + entry.key() + "=" + entry.value())
                .toList();
    }

    @Test
    void keysAreFlatAndKnowTheirLines() throws CheckException {
        assertThat(lines("""
                # a comment
                a:
                  b.c: 1
                  "[d]": "two\\nlines"
                  list:
                    - x
                    - {y: ~}
                ---
                e: |
                  text
                ---
                """))
                .containsExactly(
                        "3 a.b.c=1", "4 a.d=two\nlines", "6 a.list[0]=x", "7 a.list[1].y=", "9 e=text\n", "12 =");
    }

    @Test
    void aliasesAreFollowedToTheirAnchors() throws CheckException {
        assertThat(lines("""
                pool: &pool
                  max: 8
                  min: &n 2
                one: *pool
                two: {least: *n}
                """))
                .containsExactly("2 pool.max=8", "3 pool.min=2", "2 one.max=8", "3 one.min=2", "5 two.least=2");
    }

    @Test
    void whatAMappingSaysItselfGoesBeforeWhatItMerges() throws CheckException {
        Map<String, String> values =
                YamlText.documents("a.yml", """
                first: &first {a: 1, b: 1}
                second: &second {<<: *first, b: 2, c: 2}
                one: {c: 9, <<: *second}
                both: {<<: [*first, *second], d: 3}
                """).get(0).stream().collect(Collectors.toMap(Entry::key, Entry::value));
        assertThat(values)
                .containsEntry("one.a", "1")
                .containsEntry("one.b", "2")
                .containsEntry("one.c", "9")
                .containsEntry("both.b", "1")
                .containsEntry("both.c", "2")
                .containsEntry("both.d", "3")
                .hasSize(2 + 3 + 3 + 4);
    }

    @Test
    void whatMavenFillsInIsNotKnownYetButReadable() throws CheckException {
        assertThat(lines("version: @project.version@ # filtered\nother: a@b"))
                .containsExactly("1 version=@project.version@", "2 other=a@b");
    }

    @Test
    void aBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(6)));
        }
        for (String text : List.of(
                bomb.toString(),
                "a: &a {b: *a, c: *a, d: *a}",
                "a: &a [*a, *a]",
                "a: &a {<<: *a, b: 1}",
                "a: &a {<<: [*a, *a, *a], b: 1}",
                "? " + "k".repeat(100_000) + "\n:\n" + "  - b\n".repeat(1_000))) {
            assertThatThrownBy(() -> YamlText.documents("a.yml", text))
                    .isInstanceOf(CheckException.class)
                    .hasMessageContaining("is it the right file?")
                    .hasMessageNotContaining("kkk");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: *hunter2",
                "password: !hunter2!x y",
                "password: hunter2: abc",
                "password: %hunter2",
                "password: @hunter2",
                "password: \"hunter2",
                "password: 'hunter2' hunter2",
                "password: [hunter2",
                "password: hunter2\n\thunter2",
                "- hunter2\npassword: hunter2",
                "%TAG hunter2 hunter2\n---\na: 1",
                "password: !<hunter2> hunter2 x: y",
                "password: \"\\hunter2\"",
                "password: hunter2\u0001"
            })
    void anErrorShowsNothingOfTheText(String text) {
        assertThatThrownBy(() -> YamlText.documents("a.yml", text))
                .isInstanceOf(CheckException.class)
                .hasMessageStartingWith("a.yml")
                .hasMessageNotContaining("hunter2");
    }
}
