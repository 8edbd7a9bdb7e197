package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.PoolEvent;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.metrics.jfr.FlightEvents;
import dev.weir.pool.Eviction;
import dev.weir.pool.LeakStacks;
import dev.weir.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Flight Recorder keeps of a pool to which everything happens that can, on a real server: that its figures are true. */
class FlightIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LEAK_THRESHOLD = Duration.ofMillis(400);

    private final List<PoolEvent> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void figuresOfEveryStepAreTrue() throws Exception {
        Instant begin = Instant.now();
        List<RecordedEvent> events;
        long patient;
        try (LocalPostgres postgres = LocalPostgres.start();
                ConnectionPoolManager manager = ConnectionPoolManager.create();
                FlightEvents flight = FlightEvents.withEveryLease(manager.events());
                Recording recording = new Recording()) {
            assertThat(flight.wantsEveryLease()).isTrue();
            manager.addListener(told::add);
            recording.enable("dev.weir.Wait").with("minimum", "0 ns");
            recording.start();
            WeirDataSource orders = open(manager, postgres);
            ExecutorService borrower = Executors.newSingleThreadExecutor(work -> new Thread(work, "the borrower"));
            try {
                patient = aRequestWaits(orders, borrower);
                aRequestIsTurnedAwayAndOneTimesOut(orders);
                aLeaseIsForgotten(orders, borrower);
            } finally {
                borrower.shutdownNow();
            }
            aCheckFindsItWell();
            aBackendIsKilled(postgres, orders);
            theServerGoes(postgres, orders);
            manager.shutdown(Duration.ofSeconds(10));
            recording.stop();
            Path file = directory.resolve("flight.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("dev.weir."))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        }
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getString("pool")).isEqualTo("orders");
            assertThat(event.getStartTime()).isBetween(begin, Instant.now());
            assertThat(event.getThread()).isNotNull();
        });
        assertLife(events);
        assertWaiting(events, patient);
        assertLeak(events);
        assertConnectFailures(events);
    }

    private static WeirDataSource open(ConnectionPoolManager manager, LocalPostgres postgres) {
        return WeirDataSource.builder()
                .name("orders")
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .manager(manager)
                .settings(pool -> pool.min(1)
                        .max(1)
                        .maxWaiters(1)
                        .acquireTimeout(ACQUIRE_TIMEOUT)
                        .leakThreshold(LEAK_THRESHOLD)
                        .leakStacks(LeakStacks.ALWAYS)
                        .reapInterval(Duration.ofMillis(100))
                        .healthCheckInterval(Duration.ofMillis(300)))
                .build();
    }

    /** How long it waited at least, in nanoseconds. */
    private static long aRequestWaits(WeirDataSource orders, ExecutorService borrower) throws Exception {
        Connection held = orders.getConnection();
        Future<?> waiter = borrower.submit(() -> {
            orders.getConnection().close();
            return null;
        });
        await().atMost(ACQUIRE_TIMEOUT).until(() -> orders.snapshot().waiting() == 1);
        long seen = System.nanoTime();
        await().atLeast(Duration.ofMillis(50)).until(() -> System.nanoTime() - seen > 50_000_000);
        long least = System.nanoTime() - seen;
        held.close();
        waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return least;
    }

    private void aRequestIsTurnedAwayAndOneTimesOut(WeirDataSource orders) throws SQLException {
        try (Connection held = orders.getConnection()) {
            var oldest = orders.getConnectionAsync().toCompletableFuture();
            assertThatThrownBy(orders::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            assertThat(oldest).isCompletedExceptionally();
            assertThat(held.isClosed()).isFalse();
        }
        assertThat(of(PoolEvent.Rejected.class)).hasSize(1);
        assertThat(of(PoolEvent.TimedOut.class)).hasSize(1);
    }

    private void aLeaseIsForgotten(WeirDataSource orders, ExecutorService borrower) throws Exception {
        long before = of(PoolEvent.LeakDetected.class).size();
        Connection forgotten =
                borrower.submit(() -> orders.getConnection()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        awaitEvent(
                PoolEvent.LeakDetected.class,
                leak -> of(PoolEvent.LeakDetected.class).size() > before);
        forgotten.close();
        awaitEvent(PoolEvent.LeakReturned.class, leak -> true);
    }

    private void aCheckFindsItWell() {
        awaitEvent(PoolEvent.ConnectionChecked.class, PoolEvent.ConnectionChecked::fit);
    }

    private void aBackendIsKilled(LocalPostgres postgres, WeirDataSource orders) throws SQLException {
        try (Connection connection = orders.getConnection();
                Statement statement = connection.createStatement()) {
            var answer = statement.executeQuery("select pg_backend_pid()");
            assertThat(answer.next()).isTrue();
            int backend = answer.getInt(1);
            try (Connection operator =
                            DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                    Statement kill = operator.createStatement()) {
                kill.execute("select pg_terminate_backend(" + backend + ", 60000)");
            }
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
        awaitEvent(
                PoolEvent.ConnectionClosed.class,
                closed -> closed.reason().name().equals("BROKEN"));
    }

    private void theServerGoes(LocalPostgres postgres, WeirDataSource orders) throws Exception {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            orders.getConnection().close();
            return true;
        });
        postgres.stop();
        orders.pool().evict(Eviction.SOFT);
        awaitEvent(PoolEvent.ConnectFailed.class, failed -> failed.inARow() >= 2);
    }

    private <E extends PoolEvent> List<E> of(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <E extends PoolEvent> void awaitEvent(Class<E> type, Predicate<E> wanted) {
        await(type.getSimpleName())
                .atMost(PATIENCE)
                .until(() -> of(type).stream().anyMatch(wanted));
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.weir." + name))
                .toList();
    }

    /** Each has the figures that a listener was told. */
    private void assertLife(List<RecordedEvent> events) {
        assertThat(named(events, "Grant"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getLong("bytes")).isPositive());
        assertThat(named(events, "Connect").stream().map(event -> event.getDuration("took")))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(of(PoolEvent.ConnectionOpened.class).stream()
                        .map(PoolEvent.ConnectionOpened::took)
                        .toList())
                .allSatisfy(took -> assertThat(took).isPositive());
        assertThat(named(events, "Check"))
                .anySatisfy(event -> {
                    assertThat(event.getBoolean("fit")).isTrue();
                    assertThat(event.getDuration("took")).isPositive();
                })
                .allSatisfy(event -> assertThat(event.getInt("slot")).isZero());
        assertThat(named(events, "Retire").stream().map(event -> event.getString("reason")))
                .contains("BROKEN", "EVICTED")
                .containsExactlyInAnyOrderElementsOf(of(PoolEvent.ConnectionRetired.class).stream()
                        .map(retired -> retired.reason().name())
                        .toList());
        assertThat(named(events, "Close").stream()
                        .map(event -> event.getString("reason") + " " + event.getDuration("age")))
                .hasSameSizeAs(named(events, "Connect"))
                .containsExactlyInAnyOrderElementsOf(of(PoolEvent.ConnectionClosed.class).stream()
                        .map(closed -> closed.reason().name() + " " + closed.age())
                        .toList());
        assertThat(named(events, "Shutdown").stream().map(event -> event.getString("phase")))
                .hasSameSizeAs(of(PoolEvent.ShutdownPhase.class))
                .doesNotHaveDuplicates();
    }

    private static void assertWaiting(List<RecordedEvent> events, long patient) {
        assertThat(named(events, "Wait"))
                .filteredOn(event -> event.getThread().getJavaName().equals("the borrower"))
                .anySatisfy(event ->
                        assertThat(event.getDuration("waited")).isBetween(Duration.ofNanos(patient), ACQUIRE_TIMEOUT));
        assertThat(named(events, "Lease"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getDuration("held")).isPositive());
        RecordedEvent rejection = named(events, "Rejection").get(0);
        assertThat(rejection.getString("cause")).contains("queue");
        assertThat(rejection.getInt("waiting")).isBetween(0, 1);
        RecordedEvent timeout = named(events, "Timeout").get(0);
        assertThat(timeout.getDuration("waited")).isBetween(ACQUIRE_TIMEOUT, PATIENCE);
        assertThat(timeout.getInt("waiting")).isZero();
        assertThat(timeout.getThread().getJavaName())
                .isEqualTo(Thread.currentThread().getName());
    }

    private static void assertLeak(List<RecordedEvent> events) {
        RecordedEvent leak = named(events, "Leak").stream()
                .filter(event -> event.getString("holder").contains("the borrower"))
                .findFirst()
                .orElseThrow();
        assertThat(leak.getString("verdict")).isEqualTo("LIKELY");
        assertThat(leak.getDuration("held")).isBetween(LEAK_THRESHOLD, PATIENCE);
        assertThat(leak.getString("borrowedAt")).contains("getConnection");
        List<RecordedEvent> back = named(events, "LeakReturn");
        assertThat(back).isNotEmpty();
        assertThat(back.get(back.size() - 1).getDuration("held")).isGreaterThanOrEqualTo(leak.getDuration("held"));
        assertThat(back.get(back.size() - 1).getInt("slot")).isEqualTo(leak.getInt("slot"));
        // The lease as the borrower had it is no shorter than what the leak's report says of it.
        assertThat(named(events, "Lease").stream().map(event -> event.getDuration("held")))
                .anySatisfy(held -> assertThat(held).isGreaterThanOrEqualTo(leak.getDuration("held")));
    }

    private void assertConnectFailures(List<RecordedEvent> events) {
        List<RecordedEvent> failures = named(events, "ConnectFailure");
        assertThat(failures).hasSameSizeAs(of(PoolEvent.ConnectFailed.class));
        // Each connect is told of by its own worker, so that one may be told before the one that failed just before it.
        assertThat(failures)
                .extracting(event -> event.getInt("inARow"))
                .contains(1, 2)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, failures.size()).boxed().toList());
        assertThat(failures)
                .allSatisfy(event -> assertThat(event.getString("cause"))
                        .contains("PSQLException")
                        .doesNotContain("password"));
        assertThat(failures.get(0).getDuration()).as("stamped, not timed").isZero();
    }
}
