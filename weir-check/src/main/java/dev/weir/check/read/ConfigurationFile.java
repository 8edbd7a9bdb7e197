package dev.weir.check.read;

import dev.weir.check.CheckException;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a file of any kind that is understood. The kind is told by what stands in it. */
public final class ConfigurationFile {

    private static final int LARGEST = 1 << 20;
    private static final Pattern FOR_PROFILE =
            Pattern.compile("(?<base>[^-]+)-(?<profile>.+)\\.(?<type>ya?ml|properties)");

    private ConfigurationFile() {}

    /**
     * What a file says: one subject, or one for each profile of Spring.
     *
     * @param name the file's name in places
     */
    public static List<Subject> read(Path file, String name) throws CheckException {
        String text = text(file, name);
        List<List<Entry>> documents = documents(name, text);
        if (SpringProfiles.isOne(documents)) {
            return spring(file, name, text, documents);
        }
        Subject subject = new Subject(name);
        List<Entry> first = documents.isEmpty() ? List.of() : documents.get(0);
        if (isYaml(name)) {
            if (!WeirFile.isOne(first)) {
                throw new CheckException(
                        name + ": neither a configuration of weir run (pools:, budget:, load:) nor of Spring "
                                + "Boot (spring:): give one of these");
            }
            WeirFile.read(subject, first);
            YamlDoubles.in(name, text).forEach(subject::add);
        } else {
            twice(subject, first);
            PoolFile.read(subject, name, first);
        }
        return List.of(subject);
    }

    private static List<Subject> spring(Path file, String name, String text, List<List<Entry>> documents)
            throws CheckException {
        Syntax syntax = isYaml(name) ? Syntax.SPRING_YAML : Syntax.SPRING_PROPERTIES;
        Matcher profile = FOR_PROFILE.matcher(String.valueOf(file.getFileName()));
        List<List<Entry>> all = new ArrayList<>();
        boolean whole = true;
        if (profile.matches()) {
            whole = false;
            for (String type : new String[] {"yml", "yaml", "properties"}) {
                Path base = file.resolveSibling(profile.group("base") + "." + type);
                if (Files.isRegularFile(base)) {
                    String baseName = String.valueOf(base.getFileName());
                    all.addAll(documents(baseName, text(base, baseName)));
                    whole = true;
                }
            }
        }
        all.addAll(documents);
        List<Subject> subjects = new SpringProfiles(all).subjects(name, syntax, whole);
        if (!whole) {
            subjects.forEach(subject ->
                    subject.remark(name + " is for one profile, and the file for all profiles is not beside it: "
                            + "what is not written here is not known"));
        }
        List<Oddity> doubles = isYaml(name) ? YamlDoubles.in(name, text) : List.of();
        doubles.forEach(subjects.get(0)::add);
        if (doubles.isEmpty()) {
            documents.forEach(document -> twice(subjects.get(0), document));
        }
        return subjects;
    }

    private static void twice(Subject subject, List<Entry> document) {
        Map<String, Entry> seen = new HashMap<>();
        for (Entry entry : document) {
            Entry first = seen.put(entry.key(), entry);
            if (first != null && !first.value().equals(entry.value())) {
                subject.add(new Oddity(
                        Oddity.About.SAID_TWICE,
                        entry.place(),
                        entry.key() + " stands in line " + first.place().line() + " too, with another value",
                        ""));
            }
        }
    }

    private static List<List<Entry>> documents(String name, String text) throws CheckException {
        return isYaml(name) ? YamlText.documents(name, text) : PropertiesText.documents(name, text);
    }

    private static boolean isYaml(String name) {
        return name.toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
    }

    private static String text(Path file, String name) throws CheckException {
        if (!Files.exists(file)) {
            throw new CheckException(name + ": there is no such file: give a file, a process id or a URL");
        }
        if (!Files.isRegularFile(file)) {
            throw new CheckException(name + ": this is no file but "
                    + (Files.isDirectory(file) ? "a directory" : "a pipe or a device") + ": give a file");
        }
        if (!isYaml(name) && !name.toLowerCase(Locale.ROOT).endsWith(".properties")) {
            throw new CheckException(name + ": give a file that ends in .properties, .yml or .yaml");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException unreadable) {
            throw new CheckException(name + ": cannot be read: mend its rights", unreadable);
        }
        if (bytes.length > LARGEST) {
            throw new CheckException(name + ": larger than 1 MiB: is it the right file?");
        }
        String text = decoded(bytes, name);
        if (text.indexOf('\0') >= 0) {
            throw new CheckException(name + ": this is no text: is it the right file?");
        }
        if (text.isBlank()) {
            throw new CheckException(name + ": nothing stands in it: is it the right file?");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Properties were ISO-8859-1 before they were UTF-8, and are still read so by many. */
    private static String decoded(byte[] bytes, String name) throws CheckException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            if (isYaml(name)) {
                throw new CheckException(name + ": this is not UTF-8 text: mend its encoding", other);
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
