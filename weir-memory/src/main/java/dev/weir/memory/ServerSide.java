package dev.weir.memory;

import dev.weir.pool.ConnectionWeight;
import dev.weir.pool.SlotWeight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the servers hold for an owner's connections.
 *
 * @param figure the bytes of all of them; estimated where only some were weighed
 * @param errorBytes by how much it may be off
 * @param evidence how it was found, a line each
 */
public record ServerSide(MemoryFigure figure, long errorBytes, List<String> evidence) {

    /** The server's own account of a backend with live plans was within so much of the process's private memory. */
    private static final double ACCOUNT_ERROR = 0.1;

    /** The private memory of a process, as Linux counts it. */
    private static final double PROCESS_ERROR = 0.01;

    /** Above what the server accounts for, and what every process has besides, is memory that was freed and is kept. */
    private static final double KEPT_SHARE = 1.25;

    private static final long KEPT_LEAST = 2 << 20;

    /** Fewer weights than these say nothing of how much connections differ. */
    private static final int FEW = 3;

    /** Copies the evidence. */
    public ServerSide {
        evidence = List.copyOf(evidence);
    }

    /**
     * From what was weighed of a pool's connections.
     *
     * @param weights the last weight of each that has one
     * @param connections how many are open
     */
    public static ServerSide of(List<SlotWeight> weights, int connections) {
        if (connections == 0) {
            return new ServerSide(MemoryFigure.NONE, 0, List.of());
        }
        List<ConnectionWeight> known = new ArrayList<>();
        Duration oldest = Duration.ZERO;
        for (SlotWeight one : weights) {
            if (one.weight().serverBytes() >= 0) {
                known.add(one.weight());
                oldest = one.since().compareTo(oldest) > 0 ? one.since() : oldest;
            }
        }
        if (known.isEmpty()) {
            String why = weights.isEmpty()
                    ? "no connection was weighed yet; the manager's watchMemory has them weighed"
                    : weights.get(0).weight().how();
            return new ServerSide(MemoryFigure.unknown(why), 0, List.of());
        }
        return of(known, connections, oldest);
    }

    private static ServerSide of(List<ConnectionWeight> known, int connections, Duration oldest) {
        long sum = 0;
        double error = 0;
        for (ConnectionWeight one : known) {
            sum += one.serverBytes();
            boolean account = one.serverBytes() == one.serverUsedBytes();
            error += one.serverBytes() * (account ? ACCOUNT_ERROR : PROCESS_ERROR);
        }
        String how = known.get(known.size() - 1).how();
        List<String> evidence = new ArrayList<>();
        evidence.add("server side: " + known.size() + " of " + connections + " connections weighed, the oldest "
                + oldest.toSeconds() + " s ago: " + how);
        kept(known, evidence);
        int rest = connections - known.size();
        if (rest <= 0) {
            return new ServerSide(MemoryFigure.measured(sum, how), Math.round(error), evidence);
        }
        double mean = (double) sum / known.size();
        error += rest * (known.size() < FEW ? mean / 2 : deviation(known, mean));
        return new ServerSide(
                MemoryFigure.estimated(
                        Math.round(sum + rest * mean),
                        Bytes.text(sum) + " on " + known.size() + " connections, extrapolated to " + connections),
                Math.round(error),
                evidence);
    }

    private static double deviation(List<ConnectionWeight> known, double mean) {
        double squares = 0;
        for (ConnectionWeight one : known) {
            squares += (one.serverBytes() - mean) * (one.serverBytes() - mean);
        }
        return Math.sqrt(squares / (known.size() - 1));
    }

    private static void kept(List<ConnectionWeight> known, List<String> evidence) {
        long kept = 0;
        int keepers = 0;
        for (ConnectionWeight one : known) {
            long used = one.serverUsedBytes();
            if (used >= 0 && one.serverBytes() > used * KEPT_SHARE + KEPT_LEAST) {
                kept += one.serverBytes() - used;
                keepers++;
            }
        }
        if (keepers > 0) {
            evidence.add(
                    Bytes.text(kept) + " of it, on " + keepers
                            + " connections, is kept by the server's allocator though it was freed: only closing them gives it back");
        }
    }
}
