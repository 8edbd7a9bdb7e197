package dev.weir.check.read;

import dev.weir.check.CheckException;
import dev.weir.check.facts.Place;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads properties with their lines, which {@link Properties} forgets: it is given one logical line at a time. A line
 * {@code #---} begins another document, as in Spring Boot.
 */
final class PropertiesText {

    private PropertiesText() {}

    static List<List<Entry>> documents(String file, String text) throws CheckException {
        List<List<Entry>> documents = new ArrayList<>();
        documents.add(new ArrayList<>());
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(lines.get(i));
            while (continues(lines.get(i)) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            if (lines.get(first).strip().matches("[#!]---")) {
                documents.add(new ArrayList<>());
                continue;
            }
            Properties one = read(file, first + 1, logical.toString());
            List<Entry> entries = documents.get(documents.size() - 1);
            for (String key : one.stringPropertyNames()) {
                entries.add(new Entry(key, one.getProperty(key), new Place(file, first + 1, key)));
            }
        }
        return documents;
    }

    /** A comment never continues; a line does when it ends in an odd number of backslashes. */
    private static boolean continues(String line) {
        String text = line.stripLeading();
        if (text.startsWith("#") || text.startsWith("!")) {
            return false;
        }
        int slashes = 0;
        while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static Properties read(String file, int line, String text) throws CheckException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
        } catch (IllegalArgumentException broken) {
            throw new CheckException(
                    file + ":" + line + ": a broken \\u escape: write four hexadecimal digits", broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return one;
    }
}
