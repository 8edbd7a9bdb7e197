package dev.weir.benchmarks.compare;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Where the service takes orders, from one load at a time, and does them: each user on a thread of its own, one thing at a time. */
final class Desk implements AutoCloseable {

    /** Orders that may wait for one user; more are refused. */
    private static final int LONGEST_QUEUE = 2_000;

    /** Does the work of an order. */
    interface Work {
        long perform(Order order) throws Exception;
    }

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Map<Lane, List<BlockingQueue<Order>>> queues = new EnumMap<>(Lane.class);
    private final List<Thread> threads = new ArrayList<>();
    private volatile String firstFailure = "";
    private final Work work;
    private volatile DataOutputStream answers = new DataOutputStream(OutputStream.nullOutputStream());

    Desk(Work work) throws IOException {
        this.work = work;
        for (Lane lane : Lane.values()) {
            List<BlockingQueue<Order>> users = new ArrayList<>();
            for (int user = 0; user < lane.users(); user++) {
                BlockingQueue<Order> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
                users.add(queue);
                start(lane + "-" + user, () -> workOff(queue));
            }
            queues.put(lane, users);
        }
        start("desk", this::serve);
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What the first order that failed failed of; empty if none did. */
    String firstFailure() {
        return firstFailure;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket load = listener.accept()) {
                load.setTcpNoDelay(true);
                answers = new DataOutputStream(new BufferedOutputStream(load.getOutputStream()));
                DataInputStream orders = new DataInputStream(new BufferedInputStream(load.getInputStream()));
                for (Order order = Order.read(orders); ; order = Order.read(orders)) {
                    BlockingQueue<Order> queue = queue(order);
                    if (!queue.offer(order)) {
                        answer(order.answered(-1));
                    }
                }
            } catch (EOFException loadIsDone) {
                answers = new DataOutputStream(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                noteFailure(gone);
            }
        }
    }

    private BlockingQueue<Order> queue(Order order) {
        return Objects.requireNonNull(queues.get(order.lane())).get(order.user());
    }

    private void workOff(BlockingQueue<Order> queue) {
        try {
            while (true) {
                Order order = queue.take();
                long result = -1;
                try {
                    result = work.perform(order);
                } catch (InterruptedException ended) {
                    throw ended;
                } catch (Exception failure) {
                    noteFailure(failure);
                }
                answer(order.answered(result));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Order answered) {
        DataOutputStream out = answers;
        synchronized (out) {
            try {
                answered.write(out);
                out.flush();
            } catch (IOException gone) {
                noteFailure(gone);
            }
        }
    }

    private synchronized void noteFailure(Exception failure) {
        if (firstFailure.isEmpty()) {
            firstFailure = failure.toString();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.forEach(Thread::interrupt);
    }
}
