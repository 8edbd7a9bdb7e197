package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundedHistoryTest {

    @Test
    void theOldestFallsOutAndIsCounted() {
        BoundedHistory<Integer> history = new BoundedHistory<>(3, 100, one -> 1);
        for (int i = 1; i <= 5; i++) {
            history.add(i);
        }
        assertThat(history.snapshot()).containsExactly(3, 4, 5);
        assertThat(history.dropped()).isEqualTo(2);
        assertThat(history.bytes()).isEqualTo(3);
    }

    @Test
    void bytesAreBoundedToo() {
        BoundedHistory<String> history = new BoundedHistory<>(10, 10, String::length);
        history.add("aaaa");
        history.add("bbbb");
        history.add("cccc");
        assertThat(history.snapshot()).containsExactly("bbbb", "cccc");
        history.add("dddddddddd");
        assertThat(history.snapshot()).containsExactly("dddddddddd");
    }

    @Test
    void whatIsLargerThanTheWholeChangesNothing() {
        BoundedHistory<String> history = new BoundedHistory<>(10, 10, String::length);
        history.add("aaaa");
        history.add("far too long an entry");
        assertThat(history.snapshot()).containsExactly("aaaa");
        assertThat(history.dropped()).isEqualTo(1);
    }

    @Test
    void clearingIsNotDropping() {
        BoundedHistory<Integer> history = new BoundedHistory<>(3, 100, one -> 1);
        history.add(1);
        history.clear();
        assertThat(history.size()).isZero();
        assertThat(history.bytes()).isZero();
        assertThat(history.dropped()).isZero();
    }

    @Test
    void aHistoryOfNothingIsRefused() {
        assertThatThrownBy(() -> new BoundedHistory<Integer>(0, 1, one -> 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BoundedHistory<Integer>(1, 0, one -> 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
