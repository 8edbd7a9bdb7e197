package dev.weir.check.read;

import dev.weir.check.facts.Names;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code weir run} reads beside the settings of pools, and the words that some settings are chosen from. */
final class WeirNames {

    private static final List<String> SURROUNDINGS = List.of(
            "duration",
            "budget",
            "drainTimeout",
            "load.users",
            "load.scale",
            "database",
            "redis",
            "http",
            "metrics.enabled",
            "metrics.address",
            "metrics.port",
            "dashboard.enabled",
            "dashboard.host",
            "dashboard.port",
            "dashboard.tokenFile",
            "dashboard.tokenEnv",
            "dashboard.allowedHosts",
            "dashboard.allowedOrigins",
            "pools");

    private static final Map<String, List<String>> CHOICES = Map.of(
            "profile", List.of("shared", "frugal", "performance"),
            "queuepolicy", List.of("reject-oldest", "reject-newest", "delay-target"),
            "leakstacks", List.of("off", "sampled", "always"),
            "scaling", List.of("on-demand", "adaptive"),
            "sessionreset", List.of("precise", "strict", "off"));

    private WeirNames() {}

    /** Says of a name outside the groups that it is none. */
    static void surroundings(Subject subject, Entry entry) {
        String key = entry.key().replaceAll("\\[\\d+]$", ""); // one of a list
        String folded = Names.fold(key);
        if (SURROUNDINGS.stream().map(Names::fold).anyMatch(folded::equals)) {
            return;
        }
        String top = key.replaceAll("[.\\[].*", "");
        // A misspelt group is told by its own name, a misspelt field by its whole one.
        boolean groupKnown = SURROUNDINGS.stream()
                .anyMatch(known -> Names.fold(known.replaceAll("\\..*", "")).equals(Names.fold(top)));
        String written = groupKnown ? key : top;
        List<String> names = SURROUNDINGS.stream()
                .map(known -> groupKnown ? known : known.replaceAll("\\..*", ""))
                .distinct()
                .toList();
        Optional<String> meant = Names.nearest(written, names);
        Oddity oddity = new Oddity(
                Oddity.About.NAME_REFUSED,
                entry.place().withKey(written),
                "weir run has no field " + written
                        + meant.map(near -> "; " + near + " is the nearest").orElse(""),
                meant.map(near -> near.replaceAll(".*\\.", "") + ": ...").orElse(""));
        boolean told = subject.oddities().stream()
                .anyMatch(other -> other.place().key().equals(written) && other.about() == oddity.about());
        if (!told) {
            subject.add(oddity);
        }
    }

    /** Says of a word that it is none of those to choose from. */
    static void choice(Subject subject, String name, Entry entry) {
        List<String> words = CHOICES.get(Names.fold(name));
        String value = Names.fold(entry.value().strip());
        if (words == null || value.isEmpty() || words.stream().map(Names::fold).anyMatch(value::equals)) {
            return;
        }
        subject.add(new Oddity(
                Oddity.About.VALUE_UNREADABLE,
                entry.place(),
                name + " is '" + entry.value().strip() + "', and may be " + String.join(", ", words),
                Syntax.YAML.line("", name, Names.nearest(entry.value(), words).orElse(words.get(0)))));
    }
}
