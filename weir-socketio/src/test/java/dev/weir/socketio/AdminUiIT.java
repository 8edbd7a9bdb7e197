package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.PoolEnvironment;
import dev.weir.socketio.admin.AdminUi;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a page of the admin UI is told when, with passes of the housekeeper made by hand. */
class AdminUiIT {

    private final ManualTicker ticker = new ManualTicker();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(ticker, new EventStream(), MemoryBudget.unlimited(), Runnable::run);
    private final SocketIoServer server =
            SocketIoServer.builder().port(0).environment(environment).start();

    @AfterEach
    void end() {
        server.asPool().dispose();
    }

    @Test
    void nobodyIsLetInByDefault() {
        assertThatThrownBy(() -> AdminUi.on(server).install())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("password(user, password) or token(token)");
        assertThatThrownBy(() -> AdminUi.on(server).password("ops", "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 characters");
        assertThatThrownBy(() -> AdminUi.on(server).token("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 characters");
        assertThat(server.namespaces()).containsExactly("/");
    }

    @Test
    void aTokenLetsIn() {
        AdminUi.on(server).token("a token of some length").install();
        for (String auth : new String[] {"token", "password"}) {
            try (Peer page = Peer.open(server)) {
                page.enter("/admin", "{\"" + auth + "\":\"a token of some length\"}");
                assertThat(page.next()).startsWith("42/admin,[\"session\",");
                assertThat(page.next()).contains("\"supportedFeatures\"");
            }
        }
        try (Peer page = Peer.open(server)) {
            page.send("40/admin,{\"token\":\"another of some length\",\"username\":\"\"}");
            assertThat(page.next()).isEqualTo("44/admin,{\"message\":\"invalid credentials\"}");
        }
    }

    @Test
    void whoMissesNewsIsToldEverythingAnew() {
        server.main().on("said", (socket, arguments, ack) -> ack.send());
        try (AdminUi admin = install();
                Peer page = page();
                Peer client = Peer.in(server, "/")) {
            tick(page);
            for (int i = 0; i < 1_100; i++) {
                client.send("42[\"said\"]");
            }
            client.send("421[\"said\"]");
            assertThat(client.next()).isEqualTo("431[]");
            environment.tick();
            int news = 0;
            String last = page.next();
            while (last.startsWith("42/admin,[\"event_received\"")
                    || last.startsWith("42/admin,[\"socket_connected\"")) {
                news++;
                last = page.next();
            }
            assertThat(news).as("news of %s", admin).isEqualTo(1_000);
            assertThat(last).startsWith("42/admin,[\"all_sockets\",[").contains("\"nsp\":\"/\"");
        }
    }

    @Test
    void whatHappensBeforeAPageListensIsNotKept() {
        server.main().on("said", (socket, arguments, ack) -> ack.send());
        AdminUi admin = install();
        try (Peer client = Peer.in(server, "/")) {
            client.send("421[\"said\"]");
            assertThat(client.next()).isEqualTo("431[]");
            environment.tick();
            try (Peer page = page()) {
                tick(page);
                admin.close();
                client.send("422[\"said\"]");
                assertThat(client.next()).isEqualTo("432[]");
                environment.tick();
                page.send("42/admin,2[\"here\"]");
                assertThat(page.next()).as("nothing else").isEqualTo("43/admin,2[]");
            }
        }
    }

    private AdminUi install() {
        server.of("/admin").on("here", (socket, arguments, ack) -> ack.send());
        return AdminUi.on(server)
                .password("ops", "correct horse")
                .development(true)
                .install();
    }

    private Peer page() {
        Peer page = Peer.open(server);
        page.enter("/admin", "{\"username\":\"ops\",\"password\":\"correct horse\"}");
        assertThat(page.next()).startsWith("42/admin,[\"session\",");
        assertThat(page.next()).startsWith("42/admin,[\"config\",");
        page.send("42/admin,1[\"here\"]");
        assertThat(page.next()).isEqualTo("43/admin,1[]");
        return page;
    }

    /** A pass of the housekeeper, the first after the page came. */
    private void tick(Peer page) {
        ticker.advance(Duration.ofSeconds(AdminUi.SECONDS_BETWEEN_STATISTICS));
        environment.tick();
        String next = page.next();
        while (!next.startsWith("42/admin,[\"all_sockets\"")) {
            assertThat(next).doesNotContain("event_received");
            next = page.next();
        }
        assertThat(page.next()).startsWith("42/admin,[\"server_stats\",");
    }
}
