package dev.weir.socketio.codec;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments held as JSON texts, with the binary that they refer to. */
final class JsonArguments extends Arguments {
    private final List<String> texts;
    private final List<byte[]> attachments;
    private final JsonAdapter json;

    JsonArguments(List<String> texts, List<byte[]> attachments, JsonAdapter json) {
        this.texts = texts;
        this.attachments = attachments;
        this.json = json;
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public @Nullable Object get(int index, Type type) {
        return index < texts.size() ? json.read(texts.get(index), type, attachments) : null;
    }

    @Override
    public Arguments from(int index) {
        return new JsonArguments(texts.subList(Math.min(index, texts.size()), texts.size()), attachments, json);
    }

    @Override
    public int weight() {
        int bytes = 64;
        for (String text : texts) {
            bytes += 64 + text.length();
        }
        for (byte[] attachment : attachments) {
            bytes += 32 + attachment.length;
        }
        return bytes;
    }
}
