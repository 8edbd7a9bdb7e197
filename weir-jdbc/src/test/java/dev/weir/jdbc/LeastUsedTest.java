package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Things counted by name, in bounded number. */
class LeastUsedTest {

    private final LeastUsed<StatementUse> all = new LeastUsed<>(40, StatementUse::new);

    private StatementUse use(String name) {
        StatementUse found = all.find(name);
        assertThat(found).isNotNull();
        found.ran(1, false);
        return found;
    }

    @Test
    void whatIsUsedStaysAndWhatPassesGoes() {
        StatementUse often = use("often");
        for (int i = 0; i < 10_000; i++) {
            use("once " + i);
            often = java.util.Objects.requireNonNull(all.find(often));
            often.ran(1, false);
            assertThat(all.all()).hasSizeLessThanOrEqualTo(40);
        }
        assertThat(all.all()).contains(often);
        assertThat(often.report().runs()).isEqualTo(10_001);
        assertThat(all.forgotten()).isGreaterThan(9_900);
    }

    @Test
    void whatHadToGoComesBackWithWhatItWas() {
        StatementUse first = use("first");
        for (int i = 0; i < 1_000; i++) {
            StatementUse busy = use("busy " + i % 45);
            busy.ran(1, false);
        }
        assertThat(all.all()).doesNotContain(first);
        StatementUse again = all.find(first);
        assertThat(again).isSameAs(first);
        assertThat(all.all()).contains(first);
    }

    @Test
    void whatWasUsedMuchLongAgoGoesInTheEnd() {
        StatementUse once = use("of yesterday");
        for (int i = 0; i < 1_000; i++) {
            once.ran(1, false);
        }
        for (int i = 0; i < 1_000; i++) {
            use("today " + i);
        }
        assertThat(all.all()).doesNotContain(once);
    }
}
