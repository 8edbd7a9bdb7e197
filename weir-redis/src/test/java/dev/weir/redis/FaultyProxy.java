package dev.weir.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before a real Redis on the loopback interface and does to its replies what broken networks and servers do. */
final class FaultyProxy implements AutoCloseable {

    enum Fault {
        NONE,
        /** Replies are swallowed. */
        SILENT,
        /** Half of the next reply, and then silence on that connection. */
        HALF_THEN_SILENT,
        /** Half of the next reply, and then the connection is closed. */
        HALF_THEN_CLOSED,
        /** New connections are closed as soon as they are there, old ones with the next reply. */
        CLOSING
    }

    private final ServerSocket entrance;
    private final int target;
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    FaultyProxy(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void fault(Fault next) {
        fault.set(next);
    }

    int accepted() {
        return accepted.get();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                accepted.incrementAndGet();
                if (fault.get() == Fault.CLOSING) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                start("requests", () -> pump(client, server, false));
                start("replies", () -> pump(server, client, true));
            } catch (IOException closed) {
                // The loop's condition tells whether that was the end.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            boolean silent = false;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Fault now = replies ? fault.get() : Fault.NONE;
                if (silent || now == Fault.SILENT) {
                    silent = true;
                    continue;
                }
                if (now == Fault.CLOSING) {
                    return;
                }
                out.write(buffer, 0, now == Fault.NONE ? read : Math.max(1, read / 2));
                out.flush();
                if (now == Fault.HALF_THEN_CLOSED) {
                    return;
                }
                silent = now == Fault.HALF_THEN_SILENT;
            }
        } catch (IOException closed) {
            // One side went; the other follows.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
