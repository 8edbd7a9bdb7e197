package dev.weir.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A metric of OpenTelemetry's semantic conventions, and what their rules for Prometheus make of it: dots become underscores, a unit
 * in braces is dropped, seconds and monotonic counters get their suffix, an up-down counter is a gauge.
 */
record Convention(String name, String instrument, String unit, List<String> attributes) {

    static List<Convention> all() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Convention.class.getResourceAsStream("database-conventions.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Convention(parts[0], parts[1], parts[2], List.of(parts[3].split(",", -1))))
                    .toList();
        }
    }

    String prometheusName() {
        String unitSuffix = unit.equals("s") ? "_seconds" : unit.startsWith("{") ? "" : "_" + unit;
        return name.replace('.', '_') + unitSuffix + (instrument.equals("counter") ? "_total" : "");
    }

    String prometheusType() {
        return instrument.equals("updowncounter") ? "gauge" : instrument;
    }
}
