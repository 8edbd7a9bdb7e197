package dev.weir.check.read;

import dev.weir.check.facts.Names;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of a Spring Boot configuration, as they hold without a profile and under each that they name. A document that is
 * for several profiles at once, or for an expression, counts as one of its own.
 */
final class SpringProfiles {

    private static final String[] CONDITIONS = {"spring.config.activate.onprofile", "spring.profiles"};

    private final List<List<Entry>> common = new ArrayList<>();
    private final Map<String, List<List<Entry>>> byProfile = new LinkedHashMap<>();

    /** Takes the documents in the order of the file. */
    SpringProfiles(List<List<Entry>> documents) {
        for (List<Entry> document : documents) {
            Optional<String> profile = profile(document);
            if (profile.isEmpty()) {
                common.add(document);
            } else {
                byProfile
                        .computeIfAbsent(profile.get(), name -> new ArrayList<>())
                        .add(document);
            }
        }
    }

    /** Whether this looks like a configuration of Spring Boot. */
    static boolean isOne(List<List<Entry>> documents) {
        return documents.stream()
                .flatMap(List::stream)
                .map(Entry::key)
                .anyMatch(key -> key.matches("(spring|server|management|logging)\\..*")
                        || key.matches(".*\\.(hikari|dbcp2)\\..*|.*\\.jdbc-?[uU]rl"));
    }

    private static Optional<String> profile(List<Entry> document) {
        for (Entry entry : document) {
            for (String condition : CONDITIONS) {
                String key = Names.fold(entry.key());
                if (key.equals(condition) || key.startsWith(condition + "[")) {
                    return Optional.of(entry.value());
                }
            }
        }
        return Optional.empty();
    }

    /** One subject for no profile, and one for each. */
    List<Subject> subjects(String name, Syntax syntax, boolean whole) {
        List<Subject> subjects = new ArrayList<>();
        if (common.stream().anyMatch(document -> !document.isEmpty()) || byProfile.isEmpty()) {
            subjects.add(subject(name, syntax, whole, List.of()));
        }
        byProfile.forEach(
                (profile, documents) -> subjects.add(subject(name + ", profile " + profile, syntax, whole, documents)));
        return subjects;
    }

    private Subject subject(String name, Syntax syntax, boolean whole, List<List<Entry>> more) {
        SpringKeys keys = new SpringKeys();
        common.forEach(keys::put);
        more.forEach(keys::put);
        Subject subject = new Subject(name);
        new SpringFile(subject, keys, syntax, whole).read();
        return subject;
    }
}
