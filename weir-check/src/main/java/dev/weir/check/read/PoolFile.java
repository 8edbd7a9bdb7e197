package dev.weir.check.read;

import dev.weir.check.CheckException;
import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Names;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A properties file for one pool: HikariCP's, Weir's, DBCP2's, Tomcat's or c3p0's, told apart by the names in it. */
final class PoolFile {

    private static final List<Kind> KINDS = List.of(Kind.HIKARI, Kind.WEIR, Kind.DBCP2, Kind.TOMCAT, Kind.C3P0);

    private PoolFile() {}

    static void read(Subject subject, String file, List<Entry> entries) throws CheckException {
        Map<String, Entry> byName = new LinkedHashMap<>();
        for (Entry entry : entries) {
            byName.put(entry.key().startsWith("c3p0.") ? entry.key().substring(5) : entry.key(), entry);
        }
        Kind kind = kind(file, byName, entries);
        Pool pool = new Pool(
                kind,
                name(byName).orElse(""),
                Syntax.PROPERTIES,
                kind == Kind.C3P0 ? "c3p0." : "",
                new Place(file, entries.isEmpty() ? 0 : entries.get(0).place().line(), ""));
        PoolReader reader = new PoolReader(subject, new Placeholders(key -> Optional.empty()));
        // HikariCP refuses a name it does not know; the others pass over it.
        Oddity.About unknown =
                kind == Kind.HIKARI || kind == Kind.WEIR ? Oddity.About.NAME_REFUSED : Oddity.About.NAME_IGNORED;
        reader.read(pool, byName, unknown, kind == Kind.HIKARI);
        if (kind == Kind.WEIR) {
            WeirProfiles.fill(
                    pool, byName.containsKey("profile") ? byName.get("profile").value() : "shared");
        }
        pool.fillStandards();
        subject.add(pool);
    }

    private static Optional<String> name(Map<String, Entry> entries) {
        return Optional.ofNullable(entries.getOrDefault("poolName", entries.get("name")))
                .map(Entry::value)
                .filter(name -> !name.isBlank());
    }

    private static Kind kind(String file, Map<String, Entry> byName, List<Entry> entries) throws CheckException {
        if (entries.stream().anyMatch(entry -> entry.key().startsWith("c3p0."))) {
            return Kind.C3P0;
        }
        Kind best = Kind.NONE;
        long most = 0;
        for (Kind kind : KINDS) {
            Dialect dialect = Dialect.of(kind);
            long known = byName.keySet().stream()
                    .filter(name -> dialect.row(name).isPresent())
                    .count();
            // Weir writes its names with dashes; the same word in one piece is somebody else's.
            long spelt = byName.keySet().stream()
                    .filter(name -> dialect.row(name)
                            .map(row -> kind == Kind.WEIR ? Names.kebab(row.name()) : row.name())
                            .filter(name::equals)
                            .isPresent())
                    .count();
            long weight = 2 * spelt + known;
            if (weight > most) {
                most = weight;
                best = kind;
            }
        }
        if (best == Kind.NONE) {
            throw new CheckException(
                    file + ": no key of it belongs to a pool that is understood: give a file with settings "
                            + "of HikariCP, DBCP2, Tomcat JDBC, c3p0, Weir or Spring Boot");
        }
        return best;
    }
}
