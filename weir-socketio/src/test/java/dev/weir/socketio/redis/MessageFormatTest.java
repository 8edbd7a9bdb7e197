package dev.weir.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.socketio.codec.JacksonAdapter;
import dev.weir.socketio.codec.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries and messages, some as npm's adapter 0.3.1 wrote them, and what hostile ones do. */
class MessageFormatTest {

    private static final String TEXT = "{\"packet\":{\"type\":2,\"data\":[\"said\",\"hi\"],\"nsp\":\"/\"},"
            + "\"opts\":{\"rooms\":[\"a\"],\"except\":[],\"flags\":{}}}";
    /** The data of the event {@code ["b", Buffer.from([1, 2])]} for room {@code r}. */
    private static final String BINARY =
            "gqZwYWNrZXSDpHR5cGUCpGRhdGGSoWLEAgECo25zcKEvpG9wdHODpXJvb21zkaFypmV4Y2VwdJClZmxhZ3OA";

    private final MessageFormat format = new MessageFormat(new JacksonAdapter());

    private static Map<String, byte[]> entry(String type, String data) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        Map.of("uid", "0011223344556677", "nsp", "/", "type", type, "data", data)
                .forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return fields;
    }

    private ClusterMessage read(String type, String data) throws MalformedPacketException {
        ClusterMessage message = format.fromFields(entry(type, data));
        assertThat(message).isNotNull();
        return message;
    }

    @Test
    void aRecordedEntryOfTextReads() throws MalformedPacketException {
        ClusterMessage message = read("3", TEXT);
        assertThat(StreamsAdapter.event(message.data())).containsExactly("said", "hi");
        assertThat(Addressing.from(message.data().get("opts")).target().rooms()).containsExactly("a");
    }

    @Test
    void aRecordedEntryOfBinaryReads() throws MalformedPacketException {
        List<@Nullable Object> event = StreamsAdapter.event(read("3", BINARY).data());
        assertThat(event).hasSize(2);
        assertThat((byte[]) event.get(1)).containsExactly(1, 2);
    }

    @Test
    void whatIsWrittenIsWhatNodeWouldWrite() throws MalformedPacketException {
        Map<String, byte[]> fields = format.toFields(read("3", TEXT));
        assertThat(MessageFormat.text(fields, "data")).isEqualTo(TEXT);
        assertThat(fields).containsOnlyKeys("uid", "nsp", "type", "data");
        ClusterMessage binary = read("3", BINARY);
        assertThat(StreamsAdapter.event(read("3", MessageFormat.text(format.toFields(binary), "data"))
                        .data()))
                .hasSize(2);
        ClusterMessage again = MessageFormat.fromBytes(format.toBytes(binary));
        assertThat(again).isNotNull();
        assertThat(again.type()).isEqualTo(MessageType.BROADCAST);
    }

    @Test
    void heartbeatsOfOlderVersionsArePassedOver() throws MalformedPacketException {
        assertThat(format.fromFields(entry("2", "{}"))).isNull();
    }

    @Test
    void anEntryThatMakesNoSenseIsMalformed() {
        assertThatThrownBy(() -> format.fromFields(Map.of())).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> read("x", "{}")).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> read("3", "{\"packet\":")).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> read("3", "?")).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> StreamsAdapter.event(Map.of("packet", List.of())))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void idsAreReadStrictlyAndCompared() {
        assertThat(StreamId.parse("12-3")).isEqualTo(new StreamId(12, 3));
        assertThat(StreamId.parse("12-3")).isLessThan(StreamId.parse("12-10")).hasToString("12-3");
        assertThat(List.of("", "-", "1-", "-1", "+1-2", "1-2-3", "a-b", "99999999999999999999999-1"))
                .allSatisfy(text -> assertThat(StreamId.parse(text)).isNull());
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noEntryMakesItThrowAnythingElse(@ForAll String data, @ForAll byte[] bytes) {
        onlyDeclared(() -> obey(format.fromFields(entry("3", data))));
        onlyDeclared(() -> obey(format.fromFields(entry("3", "{" + data))));
        onlyDeclared(() -> obey(MessageFormat.fromBytes(bytes)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aSoundEntryCutOrChangedThrowsNothingElse(@ForAll boolean binary, @ForAll int at, @ForAll char other) {
        String sound = binary ? BINARY : TEXT;
        int index = Math.floorMod(at, sound.length());
        onlyDeclared(() -> obey(format.fromFields(entry("3", sound.substring(0, index)))));
        onlyDeclared(() ->
                obey(format.fromFields(entry("3", sound.substring(0, index) + other + sound.substring(index + 1)))));
    }

    private static void obey(@Nullable ClusterMessage message) throws MalformedPacketException {
        if (message != null) {
            assertThat(StreamsAdapter.event(message.data())).isNotEmpty();
            assertThat(Addressing.from(message.data().get("opts")).toOptions()).containsKey("rooms");
        }
    }

    private interface Step {
        void run() throws MalformedPacketException;
    }

    private static void onlyDeclared(Step step) {
        try {
            step.run();
        } catch (MalformedPacketException declared) {
            assertThat(declared.getMessage()).isNotBlank();
        }
    }
}
