package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jdbc.WeirDataSource;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.MemoryWatch;
import dev.weir.pool.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page, end to end, in a headless Chromium; leaves screenshots of every view in {@code target/screenshots}. */
@Tag("first-jdk")
class DashboardIT {

    @Test
    void thePageShowsWhatHappensAndSteersIt() throws Exception {
        try (Service service = new Service(0);
                Shop shop = new Shop(service.manager)) {
            Pool<String> reports = Demo.fill(service);
            shop.linger();
            assertThat(Browser.run(
                            what -> perform(what, service, reports),
                            "pages.mjs",
                            service.dashboard.url(),
                            Service.TOKEN,
                            Path.of("target", "screenshots").toAbsolutePath().toString()))
                    .hasSize(8);
        }
    }

    @Test
    void statementsAreShownWithoutTheirLiterals() throws Exception {
        try (Service service = new Service(0);
                Shop shop = new Shop(service.manager)) {
            shop.linger();
            assertThat(Browser.run(
                            nothing -> {},
                            "queries.mjs",
                            service.dashboard.url(),
                            Shop.HIDDEN_NAME,
                            Shop.HIDDEN_NUMBER))
                    .hasSize(5);
            Asking asking = new Asking(service.dashboard.url());
            for (Route route : new Api(service.facts(), new Steering(service.manager)).routes()) {
                if (!route.changes()) {
                    String path = route.template().replace("{pool}", "shop");
                    assertThat(asking.ask("GET", path, null).body())
                            .as(path)
                            .isNotEmpty()
                            .doesNotContain(Shop.HIDDEN_NAME, Shop.HIDDEN_NUMBER);
                }
            }
            assertThat(asking.ask("GET", "/api/queries", null).body())
                    .contains("select pg_sleep(?) from orders where id = ? and customer = ?");
        }
    }

    @Test
    void adviceIsShownWithItsPredictionAndOnceFollowedWithItsOutcome() throws Exception {
        try (Service service = new Service(0, true);
                Shop shop = new Shop(service.manager);
                WeirDataSource spare = shop.spare(6)) {
            service.manager.watchMemory(MemoryWatch.builder()
                    .interval(Duration.ofMillis(500))
                    .perPass(16)
                    .build());
            assertThat(Browser.run(
                            nothing -> {},
                            "memory.mjs",
                            service.dashboard.url(),
                            Service.TOKEN,
                            spare.pool().name()))
                    .hasSize(3);
        }
    }

    @Test
    void twoHundredPoolsAndAThousandSlotsStayResponsive() throws Exception {
        try (Service service = new Service(0)) {
            for (int i = 0; i < 200; i++) {
                Pool<String> tenant = service.pool(
                        "tenant-" + i,
                        ConnectionKind.JDBC,
                        1_000,
                        settings -> settings.min(1).max(5));
                if (i % 10 == 0) {
                    service.load(tenant, 1, Duration.ofMillis(40), Duration.ofMillis(20));
                }
            }
            Pool<String> wide = service.pool(
                    "wide",
                    ConnectionKind.JDBC,
                    1_000,
                    settings -> settings.min(1_000).max(1_000));
            service.load(wide, 12, Duration.ofMillis(100), Duration.ofMillis(20));
            List<String> said = Browser.run(nothing -> {}, "scale.mjs", service.dashboard.url(), "200", "1000");
            said.forEach(System.out::println);
            assertThat(said).hasSize(3);
        }
    }

    private static void perform(String what, Service service, Pool<String> reports) {
        switch (what) {
            case "leak" -> service.leak(reports);
            case "overload" -> service.overload(reports, 12);
            case "calm" -> service.calm();
            default -> throw new IllegalArgumentException(what);
        }
    }
}
