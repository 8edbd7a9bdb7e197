package dev.weir.check.read;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.weir.check.CheckException;
import dev.weir.check.facts.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the documents of a YAML file into flat keys with their lines: {@code a.b[0].c}. */
final class YamlText {

    private static final int DEEPEST = 64;
    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final String file;
    private final YAMLParser parser;
    private List<Entry> entries = new ArrayList<>();

    private YamlText(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static List<List<Entry>> documents(String file, String text) throws CheckException {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlText yaml = new YamlText(file, parser);
            List<List<Entry>> documents = new ArrayList<>();
            while (parser.nextToken() != null) {
                yaml.entries = new ArrayList<>();
                yaml.node("", parser.currentTokenLocation().getLineNr(), 0);
                documents.add(yaml.entries);
            }
            return documents;
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            String what = broken.getOriginalMessage().lines().findFirst().orElse("");
            // The parser's words may quote the text; its first line names the fault only.
            throw new CheckException(
                    file + ":" + (at == null ? 1 : at.getLineNr()) + ": this is not YAML: " + what + ": mend the line");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void node(String key, int line, int depth) throws IOException, CheckException {
        if (depth > DEEPEST) {
            throw new CheckException(file + ":" + line + ": nested deeper than " + DEEPEST + ": is it the right file?");
        }
        if (parser.isCurrentAlias()) {
            throw new CheckException(file + ":" + line + ": aliases (*name) are not understood: write the value out");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                int at = parser.currentTokenLocation().getLineNr();
                String field = parser.currentName();
                parser.nextToken();
                node(join(key, field), at, depth + 1);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                node(key + "[" + i + "]", parser.currentTokenLocation().getLineNr(), depth + 1);
            }
        } else {
            String value = token == JsonToken.VALUE_NULL ? "" : parser.getText();
            entries.add(new Entry(key, value, new Place(file, line, key)));
        }
    }

    private static String join(String key, String field) {
        String name = field.startsWith("[") && field.endsWith("]") ? field.substring(1, field.length() - 1) : field;
        return key.isEmpty() ? name : key + "." + name;
    }
}
