package dev.weir.benchmarks.compare;

import dev.weir.benchmarks.socketio.Client;
import dev.weir.benchmarks.socketio.Crowd;
import dev.weir.time.Ticker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An open load: orders go out when the schedule says, whatever became of earlier ones, and latency counts from then. The
 * schedule is drawn from a fixed seed, so every service is asked for the same, at the same moments.
 */
final class OpenLoad implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Ticker clock = Ticker.system();
    private final LoadPlan plan;
    private final Crowd crowd;
    private final Audience audience;
    private final Socket service;
    private final Tallies tallies;
    private final long begin;
    private volatile String trouble = "";

    OpenLoad(LoadPlan plan) throws Exception {
        this.plan = plan;
        crowd = new Crowd(plan.webSocketPort());
        List<Client> clients = crowd.open(Lane.CLIENTS);
        service = new Socket(InetAddress.getLoopbackAddress(), plan.port());
        service.setTcpNoDelay(true);
        begin = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(200);
        long measured = begin + TimeUnit.MILLISECONDS.toNanos(plan.rampMillis());
        tallies = new Tallies(measured);
        audience = new Audience(clients, tallies);
    }

    Map<String, LaneResult> run() throws IOException {
        Thread reader = new Thread(this::readAnswers, "answers");
        reader.setDaemon(true);
        reader.start();
        long length = TimeUnit.MILLISECONDS.toNanos(plan.rampMillis() + plan.millis());
        DataOutputStream orders = new DataOutputStream(new BufferedOutputStream(service.getOutputStream()));
        Schedule schedule = new Schedule(length);
        for (Order next = schedule.next(begin); next != null; next = schedule.next(begin)) {
            if (clock.nanos() - next.intended() < 0) {
                orders.flush();
                parkUntil(next.intended());
            }
            tallies.of(next.lane()).offered(next.intended());
            if (next.lane().isRound()) {
                audience.expect(next);
            }
            next.write(orders);
        }
        orders.flush();
        awaitAnswers();
        if (!trouble.isEmpty()) {
            throw new IOException("the service was lost: " + trouble);
        }
        return tallies.results(plan.millis() / 1e3);
    }

    private void parkUntil(long due) {
        for (long now = clock.nanos(); now - due < 0; now = clock.nanos()) {
            LockSupport.parkNanos(due - now);
        }
    }

    private void awaitAnswers() {
        long deadline = clock.nanos() + PATIENCE_NANOS;
        while (!tallies.areComplete() && trouble.isEmpty() && clock.nanos() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void readAnswers() {
        try (DataInputStream answers = new DataInputStream(new BufferedInputStream(service.getInputStream()))) {
            while (true) {
                Order answer = Order.read(answers);
                // A round is done when the last client has it; that it was sent says little.
                if (!answer.lane().isRound() || answer.seed() < 0) {
                    tallies.of(answer.lane()).answered(answer.intended(), clock.nanos(), answer.seed());
                }
            }
        } catch (EOFException ended) {
            trouble = "it closed the connection";
        } catch (IOException failed) {
            trouble = failed.toString();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
        crowd.close();
    }
}
