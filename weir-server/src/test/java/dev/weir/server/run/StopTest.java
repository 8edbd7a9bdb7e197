package dev.weir.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {

    private final Stop stop = new Stop();
    private final List<String> freed = new ArrayList<>();

    @Test
    void theFirstWishFreesWhatEndsInOrderAndTheSecondTheRest() {
        stop.on(Stop.Wish.IN_ORDER, () -> freed.add("in order"));
        stop.on(Stop.Wish.AT_ONCE, () -> freed.add("at once"));
        assertThat(stop.isRequested()).isFalse();
        stop.request();
        assertThat(freed).containsExactly("in order");
        assertThat(stop.isRequested()).isTrue();
        assertThat(stop.isAtOnce()).isFalse();
        stop.request();
        assertThat(freed).containsExactly("in order", "at once");
        assertThat(stop.isAtOnce()).isTrue();
    }

    @Test
    void whoComesLateIsFreedAtOnce() {
        stop.request();
        stop.on(Stop.Wish.IN_ORDER, () -> freed.add("in order"));
        stop.on(Stop.Wish.AT_ONCE, () -> freed.add("at once"));
        assertThat(freed).containsExactly("in order");
    }

    @Test
    void whatIsOverIsNotFreedAgain() {
        stop.on(Stop.Wish.IN_ORDER, () -> freed.add("in order")).close();
        stop.request();
        assertThat(freed).isEmpty();
    }

    @Test
    void aStepEndsWhenItAsks() throws Stop.StoppedException {
        stop.check();
        stop.request();
        assertThatThrownBy(stop::check).isInstanceOf(Stop.StoppedException.class);
    }
}
