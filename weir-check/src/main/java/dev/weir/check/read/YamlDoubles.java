package dev.weir.check.read;

import dev.weir.check.CheckException;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Finds keys that stand twice in one mapping, whatever their values: who reads such a file in earnest refuses it. */
final class YamlDoubles {

    private final String file;
    private final List<Oddity> found = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Node> open = new ArrayDeque<>();

    private YamlDoubles(String file) {
        this.file = file;
    }

    static List<Oddity> in(String file, String text) throws CheckException {
        YamlDoubles doubles = new YamlDoubles(file);
        YamlText.composed(file, text).forEach(doubles::look);
        return doubles.found;
    }

    /** Looks at a node and at all that it holds, each once, however often it is aliased. */
    private void look(Node document) {
        open.add(document);
        while (!open.isEmpty()) {
            Node node = open.remove();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof MappingNode mapping) {
                keys(mapping);
            } else if (node instanceof SequenceNode sequence) {
                open.addAll(sequence.getValue());
            }
        }
    }

    private void keys(MappingNode mapping) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            open.add(tuple.getValueNode());
            if (tuple.getKeyNode() instanceof ScalarNode key && !key.getTag().equals(Tag.MERGE)) {
                int line = key.getStartMark().getLine() + 1;
                Integer first = lines.putIfAbsent(key.getValue(), line);
                if (first != null) {
                    found.add(new Oddity(
                            Oddity.About.KEY_TWICE,
                            new Place(file, line, key.getValue()),
                            key.getValue() + " stands in line " + first + " too, in the same mapping",
                            ""));
                }
            }
        }
    }
}
