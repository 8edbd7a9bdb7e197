package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.Pool;
import java.nio.file.Path;
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

    private static void perform(String what, Service service, Pool<String> reports) {
        switch (what) {
            case "leak" -> service.leak(reports);
            case "overload" -> service.overload(reports, 12);
            case "calm" -> service.calm();
            default -> throw new IllegalArgumentException(what);
        }
    }
}
