package dev.weir.dashboard;

import java.util.Arrays;

/** What is remembered of the process, second by second; bytes. */
enum ProcessSeries {
    RESIDENT(0, "residentBytes"),
    HEAP_USED(1, "heapUsedBytes"),
    HEAP_COMMITTED(2, "heapCommittedBytes"),
    GRANTED(3, "grantedBytes"),
    LIMIT(4, "limitBytes");

    /** Its place among the values of a moment. */
    final int place;

    final String id;

    ProcessSeries(int place, String id) {
        this.place = place;
        this.id = id;
    }

    static Track.Merge[] merges() {
        Track.Merge[] merges = new Track.Merge[values().length];
        Arrays.fill(merges, Track.Merge.MAX);
        return merges;
    }

    static float[] of(ProcessView process, Overview.Budget budget) {
        float[] row = new float[values().length];
        row[RESIDENT.place] = process.residentBytes() == 0 ? Float.NaN : process.residentBytes();
        row[HEAP_USED.place] = process.heapUsedBytes();
        row[HEAP_COMMITTED.place] = process.heapCommittedBytes();
        row[GRANTED.place] = budget.grantedBytes();
        Long limit = budget.limitBytes();
        row[LIMIT.place] = limit == null ? Float.NaN : limit;
        return row;
    }
}
