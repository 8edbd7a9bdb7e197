package dev.weir.benchmarks.socketio;

/**
 * One measured number.
 *
 * @param row what was measured, such as {@code echo}
 * @param peer whose it is
 * @param metric what the number counts
 * @param value the number
 * @param unit its unit; empty for a count
 */
record Figure(String row, String peer, String metric, double value, String unit) {

    static Figure of(String metric, double value, String unit) {
        return new Figure("", "", metric, value, unit);
    }

    Figure of(Row row, Peer peer) {
        return new Figure(row.id(), peer.id(), metric, value, unit);
    }
}
