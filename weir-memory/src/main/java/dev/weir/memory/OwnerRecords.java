package dev.weir.memory;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes an owner's record of its columns: the sum, its range and how far to trust it. */
final class OwnerRecords {

    /** The walk was found within 1 % of the heap's own delta; an estimate may be off by half. */
    private static final double MEASURED_ERROR = 0.01;

    private static final double ESTIMATED_ERROR = 0.5;

    private OwnerRecords() {}

    static OwnerMemory of(
            FoundOwner found,
            String name,
            int counted,
            MemoryColumns columns,
            double extrapolation,
            List<String> evidence) {
        ServerSide server = found.server();
        double error = server == null ? error(columns.serverSide()) : server.errorBytes();
        for (MemoryFigure figure : columns.here()) {
            error += error(figure);
        }
        long bytes = columns.totalBytes();
        Integer active = found.counts().active();
        Integer connections = found.counts().connections();
        return new OwnerMemory(
                name,
                found.type(),
                found.kind(),
                connections == null ? counted : connections,
                active == null ? 0 : active,
                columns,
                bytes,
                Math.round(bytes - error),
                Math.round(bytes + error),
                confidence(columns, extrapolation),
                server == null
                        ? evidence
                        : Stream.concat(evidence.stream(), server.evidence().stream())
                                .toList(),
                active != null && active > 0 ? Instant.now().toString() : null,
                found.counts().opened(),
                found.counts().closed());
    }

    private static double error(MemoryFigure figure) {
        return figure.bytes() * (figure.basis() == Basis.ESTIMATED ? ESTIMATED_ERROR : MEASURED_ERROR);
    }

    private static Confidence confidence(MemoryColumns columns, double extrapolation) {
        if (columns.heapExclusive().basis() != Basis.MEASURED) {
            return columns.serverSide().basis() == Basis.MEASURED || extrapolation > 1
                    ? Confidence.MEDIUM
                    : Confidence.LOW;
        }
        boolean whole = columns.own().stream().noneMatch(figure -> figure.basis() == Basis.UNKNOWN);
        return whole ? Confidence.HIGH : Confidence.MEDIUM;
    }
}
