package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a search for owners may pass by. */
class DeadEndsTest {

    static final class Line {
        String text = "";
        long[] prices = {};
    }

    static final class Order {
        UUID number = new UUID(0, 0);
        Instant at = Instant.EPOCH;
        Line first = new Line();
        Line[] lines = {};
    }

    record Any(Order order, Object tag) {}

    static final class Chain {
        Chain next = this;
        String text = "";
    }

    static class Open {
        String text = "";
    }

    private final DeadEnds deadEnds = new DeadEnds();

    @Test
    void valuesLeadNowhere() {
        assertThat(List.of(
                        int.class, String.class, Integer.class, byte[].class, Instant.class, Line.class, Order.class))
                .allMatch(deadEnds::test);
    }

    @Test
    void whatMayReferToAnythingIsEntered() {
        assertThat(List.of(Object.class, Number.class, Open.class, Any.class, Any[].class, List.class, Chain.class))
                .noneMatch(deadEnds::test);
    }
}
