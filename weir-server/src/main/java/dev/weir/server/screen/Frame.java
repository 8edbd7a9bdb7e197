package dev.weir.server.screen;

import dev.weir.server.config.ByteSize;
import dev.weir.server.config.HumanDuration;
import dev.weir.server.screen.Sample.PoolLine;
import dev.weir.server.screen.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** A sample in full, as a terminal shows it. */
final class Frame {

    private static final int LONGEST_NAME = 20;

    private static final Table<PoolLine> POOLS = new Table<>(List.of(
            Column.text("pool", 11, line -> Table.cut(line.name(), LONGEST_NAME)),
            Column.text("kind", 5, PoolLine::kind).expendable(3),
            Column.text("profile", 11, PoolLine::profile).expendable(1),
            Column.figure("size", 5, line -> line.size() + "/" + line.max()),
            Column.figure("leased", 6, line -> Integer.toString(line.leased())),
            Column.figure("idle", 4, (PoolLine line) -> Integer.toString(line.idle()))
                    .expendable(2),
            Column.figure("wait", 4, line -> Integer.toString(line.waiting())),
            Column.figure("p50", 6, (PoolLine line) -> Figures.span(line.waitP50Nanos()))
                    .expendable(6),
            Column.figure("p99", 6, line -> Figures.span(line.waitP99Nanos())),
            Column.figure("ops/s", 7, line -> Figures.rate(line.rate())),
            Column.figure("rejected", 8, (PoolLine line) -> Figures.count(line.rejected()))
                    .expendable(7),
            Column.figure("leaked", 6, (PoolLine line) -> Figures.count(line.leaked()))
                    .expendable(4),
            Column.figure("memory", 9, (PoolLine line) -> ByteSize.format(line.bytes()))
                    .expendable(5)));

    private Frame() {}

    /** The lines, none wider than {@code width}. */
    static List<String> lines(Sample sample, int width) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(Table.cut(summary(sample), width));
        lines.addAll(POOLS.lines(sample.pools(), width));
        lines.add(Table.cut(
                "memory " + ByteSize.format(sample.grantedBytes()) + " of " + ByteSize.format(sample.budgetBytes())
                        + " granted; Ctrl-C ends the run in order",
                width));
        return lines;
    }

    private static String summary(Sample sample) {
        StringBuilder text = new StringBuilder(Figures.clock(sample.elapsed()));
        if (sample.planned() != null) {
            text.append(" of ").append(HumanDuration.format(sample.planned()));
        }
        return text.append("  ")
                .append(Figures.rate(sample.tps()))
                .append(" tx/s  ")
                .append(Figures.count(sample.transactions()))
                .append(" transactions  ")
                .append(Figures.count(sample.errors()))
                .append(" errors  ")
                .append(Figures.count(sample.users()))
                .append(" users")
                .toString();
    }

    /** The same in one line, for a log. */
    static String line(Sample sample) {
        StringBuilder text = new StringBuilder(summary(sample));
        for (PoolLine pool : sample.pools()) {
            text.append(" | ")
                    .append(pool.name())
                    .append(' ')
                    .append(pool.leased())
                    .append('/')
                    .append(pool.size())
                    .append('/')
                    .append(pool.max())
                    .append(" leased/size/max, ")
                    .append(pool.waiting())
                    .append(" waiting, p99 ")
                    .append(Figures.span(pool.waitP99Nanos()));
            if (pool.rejected() > 0) {
                text.append(", ").append(Figures.count(pool.rejected())).append(" rejected");
            }
        }
        return text.toString();
    }
}
