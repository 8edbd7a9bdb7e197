package dev.weir.metrics.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.metrics.Basin;
import dev.weir.pool.Eviction;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {

    private final Basin basin = new Basin();

    @TempDir
    Path directory;

    @Test
    void everyStepOfAConnectionsLifeIsInTheRecording() throws Exception {
        try (FlightEvents flight = FlightEvents.of(basin.manager.events());
                Recording recording = new Recording()) {
            recording.start();
            live();
            recording.stop();
            List<RecordedEvent> events = read(recording);
            assertThat(names(events))
                    .contains(
                            "Grant",
                            "Connect",
                            "ConnectFailure",
                            "Wait",
                            "Lease",
                            "Check",
                            "Retire",
                            "Close",
                            "Rejection");
            RecordedEvent wait = event(events, "Wait");
            assertThat(wait.getString("pool")).isEqualTo("orders");
            assertThat(wait.getDuration("waited")).isEqualTo(Duration.ofMillis(50));
            assertThat(event(events, "Lease").getDuration("held")).isEqualTo(Duration.ofMillis(20));
            assertThat(event(events, "Retire").getString("reason")).isEqualTo("EVICTED");
            assertThat(flight.wantsEveryLease()).isFalse();
        }
        assertThat(basin.manager.events().hasLeaseListeners()).isFalse();
    }

    @Test
    void waitsBelowTheMinimumAreLeftOut() throws Exception {
        try (FlightEvents flight = FlightEvents.of(basin.manager.events());
                Recording recording = new Recording()) {
            recording.enable("dev.weir.Wait").with("minimum", "1 s");
            recording.start();
            live();
            recording.stop();
            assertThat(names(read(recording))).doesNotContain("Wait").contains("Lease");
            assertThat(flight).isNotNull();
        }
    }

    @Test
    void theDocumentNamesEveryEvent() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "metrics.md"));
        try (var files = Files.list(Path.of("src/main/java/dev/weir/metrics/jfr"))) {
            List<String> events = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Event.java") && !name.endsWith("FlightEvent.java"))
                    .map(name -> "`dev.weir." + name.replace("Event.java", "") + "`")
                    .toList();
            assertThat(events).hasSizeGreaterThan(15).allMatch(document::contains);
        }
    }

    /** A connection is opened, leased, waited for, checked, evicted; a request is turned away; the server goes. */
    private void live() {
        Pool<Integer> pool = basin.open("orders", 1);
        basin.lease(pool, Duration.ofMillis(20));
        Lease<Integer> held = pool.acquire();
        var first = pool.acquireAsync(Duration.ofMinutes(1)).toCompletableFuture();
        var second = pool.acquireAsync(Duration.ofMinutes(1)).toCompletableFuture();
        assertThat(first).isCompletedExceptionally();
        basin.ticker.advance(Duration.ofMillis(50));
        held.close();
        second.join().close();
        basin.pass(Duration.ofSeconds(31));
        basin.pass(Duration.ofSeconds(31));
        basin.connector.reachable = false;
        pool.evict(Eviction.SOFT);
        basin.pass(Duration.ofSeconds(1));
    }

    private List<RecordedEvent> read(Recording recording) throws Exception {
        Path file = directory.resolve("flight.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    private static Set<String> names(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.getEventType().getName())
                .filter(name -> name.startsWith("dev.weir."))
                .map(name -> name.substring("dev.weir.".length()))
                .collect(Collectors.toSet());
    }

    private static RecordedEvent event(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.weir." + name))
                .findFirst()
                .orElseThrow();
    }
}
