package dev.weir.check.rule;

import dev.weir.check.facts.Names;
import dev.weir.check.facts.Product;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parameters of a driver by name. New versions bring new ones, so that a name that is not in the list is only then wrong when
 * it is nearly one that is.
 */
final class DriverParameters {

    private static final Map<Product, DriverParameters> READ = new ConcurrentHashMap<>();
    private static final int SHORT = 6;

    private final List<String> names;

    private DriverParameters(Product product) {
        String file = product.name().toLowerCase(Locale.ROOT) + ".parameters";
        try (InputStream in = Objects.requireNonNull(DriverParameters.class.getResourceAsStream(file), file)) {
            names = List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+", -1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Those of PostgreSQL's or MySQL's driver. */
    static DriverParameters of(Product product) {
        return READ.computeIfAbsent(product, DriverParameters::new);
    }

    /** What a misspelt name probably means; empty when it is known, or like none that is. */
    Optional<String> meant(String written) {
        if (names.contains(written) || written.length() < SHORT) {
            return Optional.empty();
        }
        return Names.nearest(written, names);
    }
}
