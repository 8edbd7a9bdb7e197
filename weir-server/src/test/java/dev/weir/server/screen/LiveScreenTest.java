package dev.weir.server.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

    private static final Sample EMPTY = new Sample(Duration.ZERO, null, 1, 0, 0, 0, 0, 1, List.of());

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LiveScreen screen =
            new LiveScreen(new PrintStream(written, false, StandardCharsets.UTF_8), () -> 60, false);

    /** What a terminal would show: it knows carriage return, line feed, cursor up, and clearing to the right and below. */
    private List<String> shown() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        String text = written.toString(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (Character.isDigit(text.charAt(end))) {
                    end++;
                }
                switch (text.charAt(end)) {
                    case 'A' -> row -= Integer.parseInt(text.substring(i + 2, end));
                    case 'K' ->
                        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                    case 'J' -> {
                        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                        lines.subList(row + 1, lines.size()).clear();
                    }
                    default -> throw new AssertionError("an unknown sequence: " + text.substring(i, end + 1));
                }
                i = end;
            } else if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                column = 0;
                if (++row == lines.size()) {
                    lines.add(new StringBuilder());
                }
            } else {
                StringBuilder line = lines.get(row);
                while (line.length() <= column) {
                    line.append(' ');
                }
                line.setCharAt(column++, c);
            }
        }
        assertThat(row).as("the cursor is below everything").isEqualTo(lines.size() - 1);
        return lines.subList(0, lines.size() - 1).stream()
                .map(StringBuilder::toString)
                .toList();
    }

    @Test
    void progressIsReplacedAndWhatIsSaidStays() {
        screen.progress("Loading", 0.1);
        screen.progress("Loading", 1);
        assertThat(shown()).containsExactly("Loading … 100 %");
        screen.say("Loaded");
        assertThat(shown()).containsExactly("Loaded");
        screen.progress("Starting", -1);
        assertThat(shown()).containsExactly("Loaded", "Starting …");
    }

    @Test
    void emptyLinesAndSeveralAtOnceAreKept() {
        screen.say("");
        screen.say("a\nb");
        assertThat(shown()).containsExactly("", "a", "b");
    }

    @Test
    void theTableIsDrawnOverItselfAndEventsGoAboveIt() {
        List<String> table = Frame.lines(EMPTY, 59);
        screen.show(EMPTY);
        screen.show(EMPTY);
        assertThat(shown()).isEqualTo(table);
        screen.say("shared: scaled");
        assertThat(shown()).containsExactly(join("shared: scaled", table));
        screen.show(EMPTY);
        screen.warn("frugal: alert");
        assertThat(shown()).containsExactly(join("shared: scaled", List.of(join("frugal: alert", table))));
    }

    @Test
    void theLastTableStaysAboveTheReport() {
        List<String> table = Frame.lines(EMPTY, 59);
        screen.show(EMPTY);
        screen.settle();
        screen.say("Transactions  0");
        assertThat(shown()).startsWith(table.toArray(String[]::new)).endsWith("Transactions  0");
    }

    private static String[] join(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all.toArray(String[]::new);
    }

    @Test
    void coloursAreLeftOutWhenTheyAreNotWanted() {
        screen.warn("careful");
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[33m");
    }
}
