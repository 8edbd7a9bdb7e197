package dev.weir.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jdbc.Profile;
import dev.weir.jdbc.SessionReset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RunPlanTest {

    private static RunPlan plan(int users, List<Integer> shares) {
        RunPlan standard = RunPlan.standard();
        List<PoolPlan> pools = shares.stream()
                .map(share -> new PoolPlan(
                        "p",
                        Profile.SHARED,
                        Profile.SHARED.pool(),
                        Profile.SHARED.queryTimeout(),
                        SessionReset.PRECISE,
                        true,
                        share))
                .toList();
        return new RunPlan(
                pools,
                standard.redis(),
                standard.http(),
                standard.budgetBytes(),
                users,
                standard.scale(),
                standard.duration(),
                standard.drainTimeout(),
                standard.schema(),
                standard.database(),
                standard.metrics(),
                standard.dashboard());
    }

    @Test
    void sixteenUsersKeepEveryQueueAtWork() {
        RunPlan standard = RunPlan.standard();
        assertThat(standard.usersByPool()).containsExactly(6, 4, 6);
        assertThat(standard.allUsers()).isEqualTo(24);
    }

    @Property
    void everyUserHasAPoolAndEveryPoolItsShare(
            @ForAll @IntRange(min = 1, max = 100_000) int users,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 1_000_000) Integer> shares) {
        List<Integer> parts = plan(users, shares).usersByPool();
        long sum = shares.stream().mapToLong(Integer::longValue).sum();
        assertThat(parts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(users);
        for (int i = 0; i < parts.size(); i++) {
            double fair = (double) users * shares.get(i) / sum;
            assertThat((double) parts.get(i)).isBetween(Math.floor(fair), Math.floor(fair) + 1);
        }
    }
}
