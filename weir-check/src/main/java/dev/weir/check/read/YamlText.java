package dev.weir.check.read;

import dev.weir.check.CheckException;
import dev.weir.check.facts.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the documents of a YAML file into flat keys with their lines: {@code a.b[0].c}. Aliases and merges are followed, as Spring
 * Boot does; a small file that they make large is refused. No object is made of what the file says.
 */
final class YamlText {

    private static final int DEEPEST = 64;
    private static final int MOST_NODES = 50_000;
    private static final long MOST_CHARACTERS = 8 << 20;

    /** Maven fills these in when it packs the file; until then they are not YAML. */
    private static final Pattern FILTERED = Pattern.compile("(?m)(:[ \\t]+)(@[\\w.-]+@)(?=[ \\t]*(#.*)?$)");

    private final String file;
    private List<Entry> entries = new ArrayList<>();
    private int nodes;
    private long characters;

    private YamlText(String file) {
        this.file = file;
    }

    static List<List<Entry>> documents(String file, String text) throws CheckException {
        YamlText yaml = new YamlText(file);
        List<List<Entry>> documents = new ArrayList<>();
        for (Node document : composed(file, text)) {
            yaml.entries = new ArrayList<>();
            yaml.node("", document, document, 0);
            documents.add(yaml.entries);
        }
        return documents;
    }

    /** The documents of a file, of which nothing was followed yet. */
    static List<Node> composed(String file, String text) throws CheckException {
        LoaderOptions limits = new LoaderOptions();
        limits.setNestingDepthLimit(DEEPEST);
        // Spring Boot counts none; what they become is counted here.
        limits.setMaxAliasesForCollections(Integer.MAX_VALUE);
        List<Node> documents = new ArrayList<>();
        try {
            String readable = FILTERED.matcher(text).replaceAll("$1'$2'");
            new Yaml(limits).composeAll(new StringReader(readable)).forEach(documents::add);
            return documents;
        } catch (MarkedYAMLException broken) {
            Mark at = broken.getProblemMark();
            throw new CheckException(file + ":" + (at == null ? 1 : at.getLine() + 1) + ": this is not YAML: "
                    + fault(String.valueOf(broken.getProblem())) + ": mend the line");
        } catch (YAMLException broken) {
            throw new CheckException(file + ": this is not YAML that can be read: characters that no text has, or "
                    + "nested or aliased too much: is it the right file?");
        }
    }

    /** The parser's words, without what they quote of the text: it may be a password that lacks its quotes. */
    private static String fault(String problem) {
        if (problem.startsWith("found undefined alias")) {
            return "an alias without its anchor; a value that begins with * needs quotes";
        }
        if (problem.contains("tag") || problem.contains("anchor")) {
            return "a tag or an anchor that is none; a value that begins with ! or & needs quotes";
        }
        return problem.lines().findFirst().orElse("");
    }

    /** Reads a node; {@code named} is what names its line: the key, or itself. */
    private void node(String key, Node named, Node node, int depth) throws CheckException {
        int line = named.getStartMark().getLine() + 1;
        characters += key.length();
        if (depth > DEEPEST || ++nodes > MOST_NODES || characters > MOST_CHARACTERS) {
            throw new CheckException(file + ":" + line + ": more than a configuration holds (nested deeper than "
                    + DEEPEST + ", or too many values once its aliases are followed): is it the right file?");
        }
        if (node instanceof MappingNode mapping) {
            mapping(key, mapping, Set.of(), depth);
        } else if (node instanceof SequenceNode sequence) {
            int i = 0;
            for (Node item : sequence.getValue()) {
                node(key + "[" + i++ + "]", item, item, depth + 1);
            }
        } else if (node instanceof ScalarNode scalar) {
            String value = scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
            entries.add(new Entry(key, value, new Place(file, line, key)));
        }
    }

    /** What a mapping says itself goes before what it merges in ({@code <<}). */
    private void mapping(String key, MappingNode mapping, Set<String> said, int depth) throws CheckException {
        Set<String> own = new HashSet<>(said);
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.add(tuple.getValueNode());
                continue;
            }
            String field = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
            if (!said.contains(field)) {
                own.add(field);
                node(join(key, field), tuple.getKeyNode(), tuple.getValueNode(), depth + 1);
            }
        }
        for (Node more : merged) {
            merge(key, more, own, depth + 1);
        }
    }

    private void merge(String key, Node more, Set<String> said, int depth) throws CheckException {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw new CheckException(file + ":" + (more.getStartMark().getLine() + 1)
                    + ": merges (<<) lead to each other: is it the right file?");
        }
        if (more instanceof MappingNode mapping) {
            mapping(key, mapping, said, depth);
        } else if (more instanceof SequenceNode sequence) {
            Set<String> before = new HashSet<>(said);
            for (Node each : sequence.getValue()) {
                merge(key, each, before, depth + 1);
                if (each instanceof MappingNode mapping) {
                    mapping.getValue().forEach(tuple -> {
                        if (tuple.getKeyNode() instanceof ScalarNode name) {
                            before.add(name.getValue());
                        }
                    });
                }
            }
        }
    }

    private static String join(String key, String field) {
        String name = field.startsWith("[") && field.endsWith("]") ? field.substring(1, field.length() - 1) : field;
        return key.isEmpty() ? name : key + "." + name;
    }
}
