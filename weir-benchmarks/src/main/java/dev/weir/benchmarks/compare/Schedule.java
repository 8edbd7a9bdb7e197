package dev.weir.benchmarks.compare;

import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Orders in the order of their times. Those of a lane are independent of each other (Poisson), but for rounds, which are regular. */
final class Schedule {

    private static final long SEED = 20_261_125;

    private static final class Line {
        final Lane lane;
        final Random random;
        long at;
        int number;

        Line(Lane lane) {
            this.lane = lane;
            random = new Random(SEED + lane.code());
            advance();
        }

        void advance() {
            double mean = 1e9 / lane.perSecond();
            at += (long) (lane.isRound() ? mean : -mean * Math.log(1 - random.nextDouble()));
        }
    }

    private final PriorityQueue<Line> lines = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final long length;

    /** @param length how long it goes on, in nanoseconds */
    Schedule(long length) {
        this.length = length;
        for (Lane lane : Lane.values()) {
            lines.add(new Line(lane));
        }
    }

    /** The next order, its time counted from {@code begin}, or {@code null} at the end. */
    @Nullable Order next(long begin) {
        Line line = lines.remove();
        if (line.at >= length) {
            return null;
        }
        Order order = new Order(
                line.lane, line.number % line.lane.users(), line.number, begin + line.at, line.random.nextLong() >>> 1);
        line.number++;
        line.advance();
        lines.add(line);
        return order;
    }
}
