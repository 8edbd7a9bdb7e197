package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** However connections come and go: the table keeps its bound, no address gets more than its share, none is forgotten. */
class AddressTableLaws {

    private record Live(String address, AddressTable.Place place) {}

    @Property(tries = 200)
    void boundedAndNeverForgetful(
            @ForAll @IntRange(min = 1, max = 8) int entries,
            @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll long seed) {
        AddressTable table = new AddressTable(entries, most);
        Random random = new Random(seed);
        List<Live> live = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(3) > 0 || live.isEmpty()) {
                String address = "10.0.0." + random.nextInt(20);
                AddressTable.Place place = table.enter(address);
                if (place != null) {
                    live.add(new Live(address, place));
                    counts.merge(address, 1, Integer::sum);
                }
            } else {
                Live gone = live.remove(random.nextInt(live.size()));
                table.leave(gone.place());
                counts.merge(gone.address(), -1, Integer::sum);
            }
            if (random.nextInt(10) == 0) {
                table.sweep();
            }
            assertThat(table.size()).isLessThanOrEqualTo(entries);
            assertThat(table.live()).isEqualTo(live.size());
            // An address may have had its first connections in a shared counter and later ones in an entry of its own.
            assertThat(counts.values()).allMatch(count -> count <= 2 * most);
        }
        live.forEach(one -> table.leave(one.place()));
        table.sweep();
        assertThat(table.size()).isZero();
        assertThat(table.live()).isZero();
    }

    @Test
    void anAddressWithAnEntryIsCountedExactly() {
        AddressTable table = new AddressTable(2, 2);
        AddressTable.Place first = table.enter("a");
        assertThat(first).isNotNull();
        assertThat(table.enter("a")).isNotNull();
        assertThat(table.enter("a")).isNull();
        table.sweep();
        assertThat(table.enter("a")).as("a live entry survives a sweep").isNull();
        table.leave(first);
        assertThat(table.enter("a")).isNotNull();
    }

    @Test
    void aFullTableStillLetsOthersInAndStillCountsThem() {
        AddressTable table = new AddressTable(1, 1);
        assertThat(table.enter("a")).isNotNull();
        AddressTable.Place shared = table.enter("b");
        assertThat(shared).isNotNull();
        assertThat(table.enter("b")).isNull();
        table.leave(shared);
        assertThat(table.enter("b")).isNotNull();
    }
}
