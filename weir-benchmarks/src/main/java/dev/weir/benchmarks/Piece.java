package dev.weir.benchmarks;

import java.util.List;

/**
 * The smallest thing that is measured by itself.
 *
 * @param row of this row
 * @param variant this variant, or {@link Work#WHOLE}
 */
record Piece(Row row, String variant) {

    static List<Piece> of(Row row) {
        return row.work().variants().stream()
                .map(variant -> new Piece(row, variant))
                .toList();
    }

    static Piece parse(String text) {
        String[] parts = text.split("/", 2);
        return new Piece(Row.valueOf(parts[0]), parts[1]);
    }

    @Override
    public String toString() {
        return row.name() + "/" + variant;
    }
}
