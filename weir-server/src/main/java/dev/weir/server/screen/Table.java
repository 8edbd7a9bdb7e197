package dev.weir.server.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Draws rows as a table no wider than the screen: where there is no room, first the gaps give way, then whole columns.
 * Immutable.
 *
 * @param <R> what a row shows
 */
public final class Table<R> {

    private static final int WIDE_GAP = 3;

    /**
     * A column.
     *
     * @param heading its name
     * @param least its width at least, so that the table stands still while numbers change
     * @param left whether it is aligned to the left
     * @param expendable its turn to go when there is no room; 0 stays
     * @param cell what a row shows in it
     */
    public record Column<R>(String heading, int least, boolean left, int expendable, Function<R, String> cell) {

        /** A column of texts that stays. */
        public static <R> Column<R> text(String heading, int least, Function<R, String> cell) {
            return new Column<>(heading, least, true, 0, cell);
        }

        /** A column of figures that stays. */
        public static <R> Column<R> figure(String heading, int least, Function<R, String> cell) {
            return new Column<>(heading, least, false, 0, cell);
        }

        /** The same column, that goes when its turn comes. */
        public Column<R> expendable(int turn) {
            return new Column<>(heading, least, left, turn, cell);
        }
    }

    private final List<Column<R>> columns;

    /** A table of these columns, from the left. */
    public Table(List<Column<R>> columns) {
        this.columns = List.copyOf(columns);
    }

    /** The heading, and a line for each row; none is wider than {@code width}. */
    public List<String> lines(List<R> rows, int width) {
        List<Column<R>> shown = new ArrayList<>(columns);
        int gap = WIDE_GAP;
        while (width(shown, rows, gap) > width) {
            if (gap > 1) {
                gap--;
            } else if (!dropOne(shown)) {
                break;
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(cut(line(shown, rows, gap, Column::heading), width));
        for (R row : rows) {
            lines.add(cut(line(shown, rows, gap, column -> column.cell().apply(row)), width));
        }
        return lines;
    }

    private static <R> boolean dropOne(List<Column<R>> columns) {
        return columns.stream()
                .filter(column -> column.expendable() > 0)
                .min(Comparator.comparingInt(Column::expendable))
                .map(columns::remove)
                .orElse(false);
    }

    private static <R> int width(List<Column<R>> columns, List<R> rows, int gap) {
        return columns.stream().mapToInt(column -> width(column, rows) + gap).sum() - gap;
    }

    private static <R> int width(Column<R> column, List<R> rows) {
        int width = Math.max(column.least(), column.heading().length());
        for (R row : rows) {
            width = Math.max(width, column.cell().apply(row).length());
        }
        return width;
    }

    private static <R> String line(
            List<Column<R>> columns, List<R> rows, int gap, Function<Column<R>, String> content) {
        StringBuilder line = new StringBuilder();
        for (Column<R> column : columns) {
            String text = content.apply(column);
            String padding = " ".repeat(width(column, rows) - text.length());
            line.append(line.isEmpty() ? "" : " ".repeat(gap)).append(column.left() ? text + padding : padding + text);
        }
        return line.toString().stripTrailing();
    }

    /** The text, or as much of it as fits with a sign that it goes on. */
    public static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }
}
