package dev.weir.socketio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packets of the protocol's text, and what it does not allow. */
class PacketFormatTest {

    record Point(int x, int y) {}

    static final class Picture {
        public String name = "";
        public byte[] pixels = {};
    }

    private final PacketFormat format = PacketFormat.text(new JacksonAdapter());

    @Test
    void writesThePacketsOfTheProtocolText() {
        assertThat(text(PacketType.CONNECT, "/", -1, null)).isEqualTo("0");
        assertThat(text(PacketType.CONNECT, "/admin", -1, Map.of("sid", "x"))).isEqualTo("0/admin,{\"sid\":\"x\"}");
        assertThat(text(PacketType.EVENT, "/", -1, List.of("foo"))).isEqualTo("2[\"foo\"]");
        assertThat(text(PacketType.EVENT, "/admin", 12, List.of("foo", 1))).isEqualTo("2/admin,12[\"foo\",1]");
        assertThat(text(PacketType.ACK, "/admin", 13, List.of("bar"))).isEqualTo("3/admin,13[\"bar\"]");
        assertThat(text(PacketType.CONNECT_ERROR, "/", -1, Map.of("message", "no")))
                .isEqualTo("4{\"message\":\"no\"}");
    }

    @Test
    void writesBinaryBesideTheText() {
        EncodedPacket encoded = format.encode(new Packet(
                PacketType.EVENT, "/", -1, List.of("baz", new byte[] {1}, ByteBuffer.wrap(new byte[] {2, 3}))));
        assertThat(encoded.text())
                .isEqualTo("52-[\"baz\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(encoded.binaries()).containsExactly(new byte[] {1}, new byte[] {2, 3});
    }

    @Test
    void readsArgumentsAsTheTypesAskedFor() throws MalformedPacketException {
        Packet packet = read("2/a,7[\"e\", {\"x\":1,\"y\":2} ,\"a\\nb\",-1.5e3 ,[true,null]]");
        assertThat(packet.namespace()).isEqualTo("/a");
        assertThat(packet.id()).isEqualTo(7);
        Arguments arguments = packet.arguments().from(1);
        assertThat(arguments.get(0, Point.class)).isEqualTo(new Point(1, 2));
        assertThat(arguments.get(1, String.class)).isEqualTo("a\nb");
        assertThat(arguments.get(2, Double.class)).isEqualTo(-1500.0);
        assertThat(arguments.get(3, Object.class)).isEqualTo(java.util.Arrays.asList(true, null));
        assertThat(arguments.get(4, String.class)).isNull();
        assertThatThrownBy(() -> arguments.get(1, Point.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a\nb");
    }

    @Test
    void readsBinaryWhereverItStands() throws MalformedPacketException {
        PacketFormat.Decoder decoder = format.decoder(10, 1000);
        assertThat(
                        decoder.text(
                                "52-[\"e\",{\"name\":\"n\",\"pixels\":{\"_placeholder\":true,\"num\":1}},{\"_placeholder\":true,\"num\":0}]"))
                .isNull();
        assertThat(decoder.binary(new byte[] {1})).isNull();
        Packet packet = Objects.requireNonNull(decoder.binary(new byte[] {2}));
        assertThat(packet.type()).isEqualTo(PacketType.EVENT);
        Picture picture = Objects.requireNonNull(packet.arguments().get(1, Picture.class));
        assertThat(picture.pixels).containsExactly(2);
        assertThat(packet.arguments().get(2, byte[].class)).containsExactly(1);
        assertThat(packet.arguments().get(2, Object.class)).isEqualTo(new byte[] {1});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9",
                "a",
                "7[\"e\"]",
                "2",
                "2{}",
                "2[]",
                "2[{}]",
                "2[null]",
                "2[\"connect\"]",
                "2[\"disconnecting\"]",
                "2[\"a\"",
                "2[\"a\"]x",
                "2[\"a\"],",
                "2abc[\"a\"]",
                "2-1[\"a\"]",
                "29007199254740992[\"a\"]",
                "212345678901234567[\"a\"]",
                "3[1]",
                "31{}",
                "1{}",
                "0[]",
                "0\"a\"",
                "4[]",
                "5[\"a\"]",
                "50-[\"a\"]",
                "5-[\"a\"]",
                "5x-[\"a\"]",
                "511-[\"a\"]",
                "5999999999999-[\"a\"]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1}]",
                "51-[\"a\",{\"_placeholder\":true}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "2[\"a\",01]",
                "2[\"a\",+1]",
                "2['a']",
                "2[\"a\",NaN]",
                "2[\"a\",\"\t\"]"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesWhatComesOutOfTurn() throws MalformedPacketException {
        assertThatThrownBy(() -> format.decoder(10, 10).binary(new byte[1]))
                .isInstanceOf(MalformedPacketException.class);
        PacketFormat.Decoder decoder = format.decoder(10, 10);
        decoder.text("51-[\"a\"]");
        assertThatThrownBy(() -> decoder.text("2[\"a\"]")).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesMoreOrLargerAttachmentsThanAllowed() throws MalformedPacketException {
        assertThatThrownBy(() -> format.decoder(2, 10).text("53-[\"a\"]")).isInstanceOf(MalformedPacketException.class);
        PacketFormat.Decoder decoder = format.decoder(2, 10);
        decoder.text("52-[\"a\"]");
        decoder.binary(new byte[6]);
        assertThatThrownBy(() -> decoder.binary(new byte[6])).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        String deep = "2[\"a\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void readsWhatTheJavaScriptMsgpackParserWrites() throws MalformedPacketException {
        // {type:2, data:["e", undefined, 1.5], options:{compress:true}, nsp:"/"} by notepack.io 3
        byte[] bytes = hex("84" + "a474797065" + "02" + "a464617461" + "93a165d40000cb3ff8000000000000"
                + "a76f7074696f6e73" + "81a8636f6d7072657373c3" + "a36e7370" + "a12f");
        Packet packet = Objects.requireNonNull(
                PacketFormat.msgpack(new JacksonAdapter()).decoder(10, 10).binary(bytes));
        assertThat(packet.type()).isEqualTo(PacketType.EVENT);
        assertThat(packet.arguments().toList()).containsExactly("e", null, 1.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "c1", "80", "81a474797065ff", "dfffffffff", "81a474797065ddffffffff", "c9ffffffff00"})
    void refusesMsgpack(String hex) {
        assertThatThrownBy(() -> PacketFormat.msgpack(new JacksonAdapter())
                        .decoder(10, 10)
                        .binary(hex(hex)))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void enginePayloadsAreCutAtTheSeparator() throws MalformedPacketException {
        List<EnginePacket> packets = EnginePacket.decodePayload("4hello\u001e2probe\u001ebAQID", 10);
        assertThat(packets.get(0).text()).isEqualTo("hello");
        assertThat(packets.get(1).type()).isEqualTo(EnginePacket.Type.PING);
        assertThat(packets.get(2).binary()).containsExactly(1, 2, 3);
        assertThat(packets.get(2).encode()).isEqualTo("bAQID");
        assertThatThrownBy(() -> EnginePacket.decodePayload("4a\u001e4b", 1))
                .isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "7", "4a\u001e", "\u001e", "b!!!", "bA"})
    void refusesPayloads(String payload) {
        assertThatThrownBy(() -> EnginePacket.decodePayload(payload, 10)).isInstanceOf(MalformedPacketException.class);
    }

    private String text(PacketType type, String namespace, long id, @org.jspecify.annotations.Nullable Object data) {
        return Objects.requireNonNull(
                format.encode(new Packet(type, namespace, id, data)).text());
    }

    private Packet read(String text) throws MalformedPacketException {
        return Objects.requireNonNull(format.decoder(10, 1000).text(text));
    }

    private static byte[] hex(String hex) {
        return java.util.HexFormat.of().parseHex(hex);
    }

    @Test
    void aFlippedCharacterNeverEscapes() {
        byte[] sound = "2/a,7[\"e\",{\"x\":1,\"y\":\"\\u0041\"}]".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < sound.length; i++) {
            for (int flip = 1; flip < 256; flip <<= 1) {
                byte[] changed = sound.clone();
                changed[i] ^= (byte) flip;
                try {
                    Packet packet = format.decoder(10, 100).text(new String(changed, StandardCharsets.ISO_8859_1));
                    assertThat(packet).isNotNull();
                    packet.arguments().toList();
                } catch (MalformedPacketException declared) {
                    assertThat(declared).hasMessageNotContaining("\"x\"");
                }
            }
        }
    }
}
