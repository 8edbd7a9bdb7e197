package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.socketio.codec.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private final ServerMemory memory = new ServerMemory(account(Long.MAX_VALUE), Long.MAX_VALUE, () -> false);
    private final OutboundQueue queue = new OutboundQueue();
    private final Outgoing ping = Outgoing.engine("2", UnpooledByteBufAllocator.DEFAULT, memory);
    private final long three = 3L * size();

    private static Account account(long limit) {
        return MemoryBudget.ofBytes(limit).open("test", 0, 1, Long.MAX_VALUE, new Reclaimer() {
            @Override
            public boolean reclaimOne() {
                return false;
            }

            @Override
            public long coldestIdleNanos() {
                return -1;
            }

            @Override
            public void grantAvailable() {}
        });
    }

    private static int size() {
        return 4 + Outgoing.ENTRY_BYTES;
    }

    @AfterEach
    void nothingIsKept() {
        queue.clear();
        assertThat(queue.bytes()).isZero();
        assertThat(queue.holdsUndroppable()).isFalse();
        assertThat(memory.used()).isZero();
        assertThat(ping.refCnt()).isEqualTo(1);
        ping.release();
    }

    @Test
    void whatMustArriveIsNeverDropped() {
        fill(Overflow.CLOSE, "a", "b", "c");
        assertThat(offer(Overflow.CLOSE, null, "d")).isEqualTo(OutboundQueue.Outcome.FULL);
        assertThat(offer(Overflow.DROP_OLDEST, null, "e")).isEqualTo(OutboundQueue.Outcome.DROPPED);
        assertThat(contents()).containsExactly("a", "b", "c");
    }

    @Test
    void theOldestThatMayGoMakesRoom() {
        fill(Overflow.CLOSE, "a");
        fill(Overflow.DROP_OLDEST, "b", "c");
        assertThat(offer(Overflow.DROP_OLDEST, null, "d")).isEqualTo(OutboundQueue.Outcome.DROPPED_OLDER);
        assertThat(queue.takeDropped()).isEqualTo(1);
        assertThat(contents()).containsExactly("a", "c", "d");
    }

    @Test
    void theNewestIsDropped() {
        fill(Overflow.DROP_NEWEST, "a", "b", "c");
        assertThat(offer(Overflow.DROP_NEWEST, null, "d")).isEqualTo(OutboundQueue.Outcome.DROPPED);
        assertThat(contents()).containsExactly("a", "b", "c");
    }

    @Test
    void theLatestOfAKeyTakesItsPlace() {
        offer(Overflow.KEEP_LATEST, "x", "a");
        fill(Overflow.CLOSE, "b");
        assertThat(offer(Overflow.KEEP_LATEST, "x", "c")).isEqualTo(OutboundQueue.Outcome.REPLACED);
        assertThat(contents()).containsExactly("c", "b");
        assertThat(offer(Overflow.KEEP_LATEST, "x", "d")).isEqualTo(OutboundQueue.Outcome.QUEUED);
    }

    @Test
    void aPingGoesFirstAndOnlyOne() {
        fill(Overflow.DROP_OLDEST, "a", "b");
        queue.ping(ping);
        queue.ping(ping);
        assertThat(queue.holdsUndroppable()).isFalse();
        Outgoing first = Objects.requireNonNull(queue.poll());
        assertThat(first).isSameAs(ping);
        first.release();
        assertThat(contents()).containsExactly("a", "b");
    }

    @Test
    void aPacketIsPaidUntilItsLastClientHasIt() {
        Outgoing shared = packet(Overflow.CLOSE, null, "a");
        OutboundQueue other = new OutboundQueue();
        queue.offer(shared, three);
        other.offer(shared, three);
        shared.release();
        long paid = memory.used();
        assertThat(paid).isPositive();
        queue.clear();
        assertThat(memory.used()).isEqualTo(paid);
        other.clear();
        assertThat(memory.used()).isZero();
    }

    @Test
    void whatTheBudgetRefusesIsNotEncoded() {
        ServerMemory poor = new ServerMemory(account(1000), 1000, () -> false);
        EncodedPacket large = new EncodedPacket("x".repeat(2000), List.of());
        assertThat(Outgoing.message(large, UnpooledByteBufAllocator.DEFAULT, poor, Delivery.SURE))
                .isNull();
        assertThat(poor.used()).isZero();
        EncodedPacket small = new EncodedPacket("x", List.of());
        Outgoing fits =
                Objects.requireNonNull(Outgoing.message(small, UnpooledByteBufAllocator.DEFAULT, poor, Delivery.SURE));
        fits.release();
        poor.trim();
        assertThat(poor.granted()).isZero();
    }

    @Test
    void reliefIsAskedForAsLongAsItHelps() {
        boolean[] relieved = new boolean[1];
        ServerMemory[] self = new ServerMemory[1];
        self[0] = new ServerMemory(account(1000), 1000, () -> {
            if (relieved[0]) {
                return false;
            }
            relieved[0] = true;
            self[0].giveBack(900);
            return true;
        });
        assertThat(self[0].take(900)).isTrue();
        assertThat(self[0].take(800)).isTrue();
        assertThat(self[0].take(800)).isFalse();
        assertThat(self[0].used()).isEqualTo(800);
    }

    @Test
    void binaryGoesRawInFramesAndAsBase64InPayloads() {
        Outgoing packet = Objects.requireNonNull(Outgoing.message(
                new EncodedPacket("51-[]", List.of(new byte[] {1, 2, 3})),
                UnpooledByteBufAllocator.DEFAULT,
                memory,
                Delivery.SURE));
        ByteBuf payload = Unpooled.buffer();
        packet.appendTo(payload);
        assertThat(payload.toString(StandardCharsets.UTF_8)).isEqualTo("451-[]\u001ebAQID");
        packet.release();
    }

    private void fill(Overflow overflow, String... texts) {
        for (String text : texts) {
            assertThat(offer(overflow, null, text)).isEqualTo(OutboundQueue.Outcome.QUEUED);
        }
    }

    private OutboundQueue.Outcome offer(Overflow overflow, @Nullable String key, String text) {
        Outgoing packet = packet(overflow, key, text);
        try {
            return queue.offer(packet, three);
        } finally {
            packet.release();
        }
    }

    private Outgoing packet(Overflow overflow, @Nullable String key, String text) {
        return Objects.requireNonNull(Outgoing.message(
                new EncodedPacket(text, List.of()),
                UnpooledByteBufAllocator.DEFAULT,
                memory,
                new Delivery(overflow, key, false)));
    }

    private List<String> contents() {
        List<String> texts = new ArrayList<>();
        for (Outgoing packet = queue.poll(); packet != null; packet = queue.poll()) {
            ByteBuf payload = Unpooled.buffer();
            packet.appendTo(payload);
            texts.add(payload.toString(StandardCharsets.UTF_8).substring(1));
            packet.release();
        }
        return texts;
    }
}
