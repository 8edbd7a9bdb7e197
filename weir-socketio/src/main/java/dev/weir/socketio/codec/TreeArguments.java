package dev.weir.socketio.codec;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments held as trees. */
final class TreeArguments extends Arguments {

    static final TreeArguments NONE = new TreeArguments(List.of(), null, 0);

    private final List<@Nullable Object> trees;
    private final @Nullable JsonAdapter json;
    private final int weight;

    TreeArguments(List<@Nullable Object> trees, @Nullable JsonAdapter json, int weight) {
        this.trees = trees;
        this.json = json;
        this.weight = weight;
    }

    @Override
    public int size() {
        return trees.size();
    }

    @Override
    public @Nullable Object get(int index, Type type) {
        return json == null || index >= trees.size() ? null : json.fromTree(trees.get(index), type);
    }

    @Override
    public Arguments from(int index) {
        return new TreeArguments(trees.subList(Math.min(index, trees.size()), trees.size()), json, weight);
    }

    @Override
    public int weight() {
        return weight;
    }
}
