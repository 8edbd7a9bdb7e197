package dev.weir.benchmarks.scale;

import java.util.Arrays;

/** A cache line: who wrote it last, who has a copy, and when it can be had next. */
final class Line {

    private final long[] copies;
    private long version;
    private int owner = -1;
    private double free;

    Line(int cores) {
        copies = new long[cores];
        Arrays.fill(copies, -1);
    }

    /** When a processor that looks at the line at a time has seen it; {@code near} is the cost of its own copy. */
    double read(int core, double now, double near, Costs costs) {
        if (copies[core] == version) {
            return now + near;
        }
        boolean first = version == 0;
        copies[core] = version;
        // The one who wrote it has to ask for it again before it writes the next time.
        owner = -1;
        return first ? now + near : Math.max(now, free) + costs.transfer();
    }

    /** When a processor that writes the line by a compare-and-set from a time on has done so. */
    double write(int core, double now, Costs costs) {
        boolean own = owner == core || version == 0;
        double done = own ? now + costs.cas() : Math.max(now, free) + costs.transfer() + costs.cas();
        version++;
        copies[core] = version;
        owner = core;
        free = done;
        return done;
    }
}
