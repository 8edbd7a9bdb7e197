package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryCacheExpiryTest {

    private static final CacheKey KEY = new CacheKey("select 1", List.of(), null, null, "sa");
    private static final DetachedRows ROWS = new DetachedRows(List.of(), Map.of(), Map.of(), 100);
    private static final CacheHint HINT = CacheHint.of(Duration.ofSeconds(10), "item");

    private final ManualTicker ticker = new ManualTicker();
    private final QueryCache cache = new QueryCache(QueryCacheSettings.DEFAULT, ticker);

    @Test
    void anAnswerIsForgottenAfterItsTimeToLive() {
        cache.put(KEY, HINT, ROWS, cache.change());
        ticker.advance(Duration.ofMillis(9_999));
        assertThat(cache.find(KEY).rows()).isSameAs(ROWS);
        ticker.advance(Duration.ofMillis(2));
        assertThat(cache.find(KEY).known()).isFalse();
    }

    @Test
    void anAnswerThatWasAskedForBeforeItsTableChangedIsNotKept() {
        long change = cache.change();
        cache.invalidateTable("item");
        cache.put(KEY, HINT, ROWS, change);
        assertThat(cache.find(KEY).known()).isFalse();
        cache.put(KEY, HINT, ROWS, cache.change());
        assertThat(cache.find(KEY).known()).isTrue();
        cache.invalidateAll();
        assertThat(cache.find(KEY).known()).isFalse();
    }

    @Test
    void moreTablesThanAreRememberedDropEverything() {
        cache.put(KEY, HINT, ROWS, cache.change());
        for (int i = 0; i <= 1_000; i++) {
            cache.invalidateTable("t" + i);
        }
        assertThat(cache.find(KEY).known()).isFalse();
    }
}
