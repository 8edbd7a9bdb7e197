package dev.weir.socketio.codec;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON mapper that carries an application's values, so that another than Jackson fits. Safe for all threads. What
 * it throws for a value or text it cannot map is an {@link IllegalArgumentException}, which never quotes the text.
 *
 * <p>Binary, a {@code byte[]} or {@link java.nio.ByteBuffer} anywhere in a value, does not go into the text: it is
 * added to the attachments and stands in the text as <code>{"_placeholder":true,"num":N}</code>, N being its index there.
 */
public interface JsonAdapter {

    /**
     * Checks a text that came from outside and cuts it.
     *
     * @param text one JSON value, nothing behind it
     * @param attachments how many attachments placeholders may refer to; zero: there are no placeholders
     * @return the texts of the elements, in their order, if it is an array; the text itself, alone, if it is an object
     * @throws MalformedPacketException if it is neither, or a placeholder refers to what is not there
     */
    List<String> elements(String text, int attachments) throws MalformedPacketException;

    /** Reads a text that {@link #elements} has let pass. */
    @Nullable Object read(String text, Type type, List<byte[]> attachments);

    /** Writes a value, adding the binary in it to the attachments. */
    String write(@Nullable Object value, List<byte[]> attachments);

    /** A value as maps, lists, strings, numbers, booleans, {@code null} and {@code byte[]}. */
    @Nullable Object toTree(@Nullable Object value);

    /** A value of a type from such a tree. */
    @Nullable Object fromTree(@Nullable Object tree, Type type);
}
