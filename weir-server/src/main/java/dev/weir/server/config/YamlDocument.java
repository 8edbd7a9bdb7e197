package dev.weir.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads YAML into {@link YamlNode}s, which Jackson's own trees cannot replace: they forget lines and columns. */
final class YamlDocument {

    private static final int DEEPEST = 16;

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final YAMLParser parser;

    private YamlDocument(String name, YAMLParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * Reads a document; an empty one is an empty mapping.
     *
     * @throws ConfigException with the place where it stops being YAML
     */
    static YamlNode.Mapping read(String name, String text) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlDocument document = new YamlDocument(name, parser);
            if (parser.nextToken() == null) {
                return new YamlNode.Mapping(1, 1, new LinkedHashMap<>());
            }
            YamlNode root = document.node(0);
            if (parser.nextToken() != null) {
                throw document.problem(
                        parser.currentTokenLocation(), "a second document begins here: use one per file");
            }
            if (root instanceof YamlNode.Mapping mapping) {
                return mapping;
            }
            if (root instanceof YamlNode.Scalar scalar && scalar.text().isEmpty()) {
                return new YamlNode.Mapping(1, 1, new LinkedHashMap<>());
            }
            throw document.problem(
                    root.line(), root.column(), "expected fields such as 'pools:', found " + root.kind());
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            String what = broken.getOriginalMessage().lines().findFirst().orElse("not YAML");
            throw problem(name, at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), what);
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot fail to be read", impossible);
        }
    }

    private YamlNode node(int depth) throws IOException {
        JsonLocation at = parser.currentTokenLocation();
        if (depth > DEEPEST) {
            throw problem(at, "nested deeper than any field of this file");
        }
        if (parser.isCurrentAlias()) {
            throw problem(at, "aliases (*name) are not understood: write the value out");
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            LinkedHashMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                JsonLocation key = parser.currentTokenLocation();
                String field = parser.currentName();
                parser.nextToken();
                entries.put(field, new YamlNode.Entry(key.getLineNr(), key.getColumnNr(), node(depth + 1)));
            }
            return new YamlNode.Mapping(at.getLineNr(), at.getColumnNr(), entries);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node(depth + 1));
            }
            return new YamlNode.Sequence(at.getLineNr(), at.getColumnNr(), List.copyOf(items));
        }
        boolean missing = parser.currentToken() == JsonToken.VALUE_NULL;
        return new YamlNode.Scalar(at.getLineNr(), at.getColumnNr(), missing ? "" : parser.getText(), missing);
    }

    private ConfigException problem(JsonLocation at, String what) {
        return problem(at.getLineNr(), at.getColumnNr(), what);
    }

    private ConfigException problem(int line, int column, String what) {
        return problem(name, line, column, what);
    }

    private static ConfigException problem(String name, int line, int column, String what) {
        return new ConfigException(name, List.of("line " + line + ", column " + column + ": " + what));
    }
}
