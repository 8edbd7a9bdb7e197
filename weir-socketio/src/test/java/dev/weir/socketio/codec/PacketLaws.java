package dev.weir.socketio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** What holds for every packet and every input: what is written reads back, and nothing undeclared is thrown. */
class PacketLaws {

    private static final JsonAdapter JSON = new JacksonAdapter();

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsWrittenReadsBack(@ForAll("packets") Packet packet, @ForAll boolean msgpack)
            throws MalformedPacketException {
        PacketFormat format = msgpack ? PacketFormat.msgpack(JSON) : PacketFormat.text(JSON);
        EncodedPacket encoded = format.encode(packet);
        PacketFormat.Decoder decoder = format.decoder(100, 1 << 20);
        Packet read = encoded.text() == null ? null : decoder.text(encoded.text());
        for (byte[] binary : encoded.binaries()) {
            assertThat(read).isNull();
            read = decoder.binary(binary);
        }
        assertThat(read).isNotNull();
        assertThat(read.type()).isEqualTo(packet.type());
        assertThat(read.namespace()).isEqualTo(packet.namespace());
        assertThat(read.id()).isEqualTo(packet.id());
        assertThat(JSON.write(read.arguments().toList(), new ArrayList<>()))
                .isEqualTo(JSON.write(packet.data(), new ArrayList<>()));
        assertThat(binaries(read.arguments().toList())).containsExactlyElementsOf(binaries(packet.data()));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noTextMakesTheDecoderThrowAnythingElse(@ForAll("texts") String text) {
        PacketFormat.Decoder decoder = PacketFormat.text(JSON).decoder(10, 1000);
        onlyDeclared(() -> drainText(decoder, text));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noBytesMakeTheMsgpackDecoderThrowAnythingElse(@ForAll byte[] bytes) {
        onlyDeclared(() -> PacketFormat.msgpack(JSON).decoder(10, 1000).binary(bytes));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void soundMsgpackCutOrFlippedThrowsNothingElse(
            @ForAll("packets") Packet packet, @ForAll int at, @ForAll byte flip, @ForAll boolean cut) {
        byte[] sound = PacketFormat.msgpack(JSON).encode(packet).binaries().get(0);
        int index = Math.floorMod(at, sound.length);
        byte[] bad = cut ? java.util.Arrays.copyOf(sound, index) : sound.clone();
        if (!cut) {
            bad[index] ^= flip;
        }
        onlyDeclared(() -> PacketFormat.msgpack(JSON).decoder(10, 1000).binary(bad));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void soundTextCutOrFlippedThrowsNothingElse(
            @ForAll("packets") Packet packet, @ForAll int at, @ForAll char other, @ForAll boolean cut) {
        String sound = String.valueOf(PacketFormat.text(JSON).encode(packet).text());
        int index = Math.floorMod(at, sound.length());
        String bad = cut ? sound.substring(0, index) : sound.substring(0, index) + other + sound.substring(index + 1);
        onlyDeclared(() -> drainText(PacketFormat.text(JSON).decoder(10, 1 << 20), bad));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noPayloadMakesTheEngineDecoderThrowAnythingElse(@ForAll("payloads") String payload) {
        onlyDeclared(() -> EnginePacket.decodePayload(payload, 100));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void enginePayloadsReadBack(@ForAll List<byte[]> binaries, @ForAll("plainTexts") List<String> texts)
            throws MalformedPacketException {
        List<EnginePacket> packets = new ArrayList<>();
        binaries.forEach(bytes -> packets.add(new EnginePacket(EnginePacket.Type.MESSAGE, "", bytes)));
        texts.forEach(text -> packets.add(new EnginePacket(EnginePacket.Type.MESSAGE, text, null)));
        if (packets.isEmpty()) {
            return;
        }
        String payload = String.join(
                String.valueOf(EnginePacket.SEPARATOR),
                packets.stream().map(EnginePacket::encode).toList());
        assertThat(EnginePacket.decodePayload(payload, packets.size()))
                .usingRecursiveComparison()
                .isEqualTo(packets);
    }

    private static List<byte[]> binaries(@Nullable Object data) {
        List<byte[]> binaries = new ArrayList<>();
        JSON.write(data, binaries);
        return binaries;
    }

    private interface Decoding {
        @Nullable Object run() throws MalformedPacketException;
    }

    private static void onlyDeclared(Decoding decoding) {
        try {
            Object result = decoding.run();
            if (result instanceof Packet packet) {
                packet.arguments().toList();
            }
        } catch (MalformedPacketException declared) {
            assertThat(declared.getMessage()).isNotEmpty();
        }
    }

    private static @Nullable Packet drainText(PacketFormat.Decoder decoder, String text)
            throws MalformedPacketException {
        Packet packet = decoder.text(text);
        for (int i = 0; packet == null && i < 100; i++) {
            packet = decoder.binary(new byte[] {(byte) i});
        }
        return packet;
    }

    @Provide
    Arbitrary<Packet> packets() {
        Arbitrary<String> namespaces = Arbitraries.of("/", "/admin", "/room-7", "/ä");
        Arbitrary<Long> ids = Arbitraries.longs().between(-1, 1L << 40);
        Arbitrary<List<@Nullable Object>> arguments = values().list().ofMaxSize(4);
        Arbitrary<String> names = Arbitraries.strings().ofMaxLength(10).filter(name -> !EventNames.isReserved(name));
        return Combinators.combine(namespaces, ids, names, arguments, Arbitraries.of(true, false))
                .as((namespace, id, name, values, event) -> {
                    List<@Nullable Object> data = new ArrayList<>(values);
                    if (event) {
                        data.add(0, name);
                    }
                    return new Packet(
                            event ? PacketType.EVENT : PacketType.ACK, namespace, event ? id : Math.max(0, id), data);
                });
    }

    private static Arbitrary<Object> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.doubles().between(-1e6, 1e6).ofScale(3).map(Object.class::cast),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Object.class::cast));
    }

    private static Arbitrary<Object> values() {
        Arbitrary<Object> values = scalars();
        for (int depth = 0; depth < 3; depth++) {
            Arbitrary<Object> inner = values;
            values = Arbitraries.oneOf(
                    scalars(),
                    inner.list().ofMaxSize(3).map(Object.class::cast),
                    Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(5), inner)
                            .ofMaxSize(3)
                            .map(map -> (Object) new LinkedHashMap<>(map)));
        }
        return values;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> noise = Arbitraries.strings()
                .withChars("0123456789-/,[]{}\"\\:etrunl_pachod. ")
                .ofMaxLength(60);
        Arbitrary<String> heads = Arbitraries.of("2", "51-", "52-/a,", "3/a,7", "0", "61-3");
        return Combinators.combine(heads, noise).as(String::concat);
    }

    @Provide
    Arbitrary<String> payloads() {
        return Arbitraries.strings().withChars("0123456b\u001eAZ=+/!ü").ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String>> plainTexts() {
        return Arbitraries.strings()
                .excludeChars(EnginePacket.SEPARATOR)
                .ofMaxLength(20)
                .list()
                .ofMaxSize(5);
    }
}
