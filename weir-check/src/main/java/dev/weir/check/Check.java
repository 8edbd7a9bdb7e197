package dev.weir.check;

import dev.weir.check.facts.Subject;
import dev.weir.check.live.AttachedJvm;
import dev.weir.check.live.DatabaseServer;
import dev.weir.check.live.RunningWeir;
import dev.weir.check.read.ConfigurationFile;
import dev.weir.check.rule.Rules;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks a configuration or what runs against {@link Rules#ALL}. Nothing is concluded from what is not known. */
public final class Check {

    private Check() {}

    /**
     * Checks a file: Weir's YAML or properties, those of a pool, or Spring Boot's.
     *
     * @param name the file's name in the report
     */
    public static Report file(Path file, String name, Given given) throws CheckException {
        return report(name, ConfigurationFile.read(file, name), given);
    }

    /** Checks a running JVM of the same user on this machine, by attaching to it. */
    public static Report process(long pid, Given given) throws CheckException {
        return report("process " + pid, List.of(AttachedJvm.read(pid)), given);
    }

    /**
     * Checks what a URL leads to: a database server ({@code jdbc:}), or a running Weir ({@code http:}).
     *
     * @param user whom to log in to a database as; empty: as the driver does
     * @param password to log in with; empty: none
     */
    public static Report url(String url, String user, String password, Given given) throws CheckException {
        String scheme = url.toLowerCase(Locale.ROOT);
        if (scheme.startsWith("jdbc:")) {
            Subject subject = DatabaseServer.read(url, user, password);
            return report(subject.name(), List.of(subject), given);
        }
        if (scheme.startsWith("http:") || scheme.startsWith("https:")) {
            Subject subject = RunningWeir.read(url);
            return report(subject.name(), List.of(subject), given);
        }
        throw new CheckException("a URL of an unknown kind: give jdbc:..., or http://HOST:PORT of a running Weir");
    }

    /**
     * Asks a database server for its limits, and adds them to what is given where nothing else was said.
     *
     * @param url {@code jdbc:}
     */
    public static Given server(String url, String user, String password, Given given) throws CheckException {
        return given.with(DatabaseServer.read(url, user, password));
    }

    private static Report report(String target, List<Subject> subjects, Given given) {
        Set<Finding> findings = new LinkedHashSet<>();
        Set<String> remarks = new LinkedHashSet<>();
        int pools = 0;
        for (Subject subject : subjects) {
            given.facts().forEach(subject::add);
            // What holds without a profile holds under one too: it is told once.
            findings.addAll(Rules.inspect(subject));
            remarks.addAll(subject.remarks());
            pools = Math.max(pools, subject.pools().size());
        }
        return new Report(target, pools, List.copyOf(findings), List.copyOf(remarks));
    }
}
