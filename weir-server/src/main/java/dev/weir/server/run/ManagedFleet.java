package dev.weir.server.run;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.MemoryBudget;
import dev.weir.dashboard.WeirDashboard;
import dev.weir.dashboard.WeirDashboardBuilder;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.http.WeirConnectionManager;
import dev.weir.http.WeirHttp;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.memory.ManagerProbe;
import dev.weir.memory.ProcessAlerts;
import dev.weir.memory.ProcessMemoryAnalyzer;
import dev.weir.redis.WeirJedis;
import dev.weir.redis.WeirRedis;
import dev.weir.server.config.DashboardPlan;
import dev.weir.server.config.DatabasePlan;
import dev.weir.server.config.HttpPlan;
import dev.weir.server.config.PoolPlan;
import dev.weir.server.config.RedisAccess;
import dev.weir.server.config.RedisPlan;
import dev.weir.server.config.RunPlan;
import dev.weir.server.http.AccountWork;
import dev.weir.server.load.Failures;
import dev.weir.server.load.Lane;
import dev.weir.server.load.PoolKind;
import dev.weir.server.metrics.Telemetry;
import dev.weir.server.redis.CounterWork;
import dev.weir.server.redis.Counters;
import dev.weir.server.tpcb.TpcbSql;
import dev.weir.server.tpcb.TpcbWork;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** Weir's own pools, under a {@link ConnectionPoolManager}. */
final class ManagedFleet implements Fleet {

    private final ConnectionPoolManager manager;
    private final List<Member> members = new ArrayList<>();
    /** The transactions of all pools fail for the same few reasons. */
    private final Failures tpcbFailures = new Failures();

    private final Telemetry telemetry;

    private ManagedFleet(ConnectionPoolManager manager, Telemetry telemetry) {
        this.manager = manager;
        this.telemetry = telemetry;
    }

    /**
     * Opens the pools of the plan.
     *
     * @param counters what the users of Redis count; {@code null} where there is no Redis
     * @throws IOException if the metrics cannot be served where they should
     */
    static Fleet open(RunPlan plan, Servers servers, TpcbSql sql, @Nullable Counters counters) throws IOException {
        ConnectionPoolManager manager = ConnectionPoolManager.create(MemoryBudget.ofBytes(plan.budgetBytes()));
        ManagedFleet fleet = new ManagedFleet(manager, Telemetry.start(plan.metrics(), manager));
        boolean whole = false;
        try {
            List<Integer> users = plan.usersByPool();
            for (int i = 0; i < users.size(); i++) {
                fleet.add(plan.pools().get(i), servers.database().access(), users.get(i), sql, plan.scale());
            }
            if (servers.redis() != null && counters != null) {
                fleet.add(plan.redis(), servers.redis().access(), counters);
            }
            if (servers.endpoint() != null) {
                fleet.add(plan.http(), servers.endpoint().uri());
            }
            whole = true;
            return fleet;
        } finally {
            if (!whole) {
                fleet.shutdown(Duration.ZERO);
            }
        }
    }

    private void add(PoolPlan plan, DatabasePlan database, int users, TpcbSql sql, int scale) {
        WeirDataSource source = WeirDataSource.builder()
                .name(plan.name())
                .profile(plan.profile())
                .settings(plan::configure)
                .queryTimeout(plan.queryTimeout())
                .sessionReset(plan.sessionReset())
                .statementStatistics(plan.statementStatistics())
                .url(database.url())
                .user(database.user())
                .password(
                        database.password() == null ? null : database.password().reveal())
                .driverProperty("ApplicationName", "weir run " + plan.name())
                .manager(manager)
                .build();
        Lane lane = new Lane(
                plan.name(),
                PoolKind.JDBC,
                users,
                Duration.ZERO,
                random -> new TpcbWork(source, sql, scale, random),
                tpcbFailures);
        members.add(new Member(lane, lower(plan.profile()), source::snapshot));
    }

    private void add(RedisPlan plan, RedisAccess access, Counters counters) {
        WeirJedis pool = WeirRedis.builder()
                .name(plan.name())
                .url(access.url())
                .user(access.user())
                .password(access.password() == null ? null : access.password().reveal())
                .clientName("weir-run-" + plan.name())
                .profile(plan.profile())
                .settings(plan::configure)
                .queryTimeout(plan.queryTimeout())
                .sessionReset(plan.sessionReset())
                .manager(manager)
                .jedis();
        RedisClient client = pool.client();
        Lane lane = new Lane(
                plan.name(),
                PoolKind.REDIS,
                plan.users(),
                plan.pause(),
                random -> new CounterWork(client, counters, random),
                new Failures());
        members.add(new Member(lane, lower(plan.profile()), pool::snapshot));
    }

    private void add(HttpPlan plan, URI endpoint) {
        WeirConnectionManager pool = WeirHttp.builder()
                .name(plan.name())
                .settings(plan::configure)
                .maxTotal(plan.settings().max())
                .manager(manager)
                .buildClassic();
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(plan.settings().createTimeout()))
                .build());
        // Without retries, so that a connection which was lent unfit is seen. The pool ends with its manager.
        HttpClient client = HttpClients.custom()
                .setConnectionManager(pool)
                .setConnectionManagerShared(true)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(plan.answerTimeout()))
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
        Lane lane = new Lane(
                plan.name(),
                PoolKind.HTTP,
                plan.users(),
                plan.pause(),
                random -> new AccountWork(client, endpoint, random),
                new Failures());
        members.add(new Member(lane, "shared", pool::snapshot));
    }

    private static String lower(Enum<?> profile) {
        return profile.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public EventStream.Subscription listen(Consumer<PoolEvent> listener) {
        return manager.addListener(listener);
    }

    @Override
    public @Nullable URI metrics() {
        return telemetry.uri();
    }

    @Override
    public String serve(DashboardPlan page) {
        manager.watchMemory(ManagerProbe.watch());
        ProcessMemoryAnalyzer analyzer =
                ProcessMemoryAnalyzer.builder().probe(new ManagerProbe(manager)).build();
        ProcessAlerts alerts = new ProcessAlerts(manager.events());
        WeirDashboardBuilder builder = WeirDashboard.builder(manager)
                .host(page.host())
                .port(page.port())
                .memory(() -> alerts.judge(analyzer.analyze()));
        page.allowedHosts().forEach(builder::allowHost);
        page.allowedOrigins().forEach(builder::allowOrigin);
        if (page.token() != null) {
            builder.token(page.token().reveal());
        }
        return builder.start().link();
    }

    @Override
    public long grantedBytes() {
        return manager.budget().grantedBytes();
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        try {
            return manager.shutdown(deadline);
        } finally {
            telemetry.close();
        }
    }
}
