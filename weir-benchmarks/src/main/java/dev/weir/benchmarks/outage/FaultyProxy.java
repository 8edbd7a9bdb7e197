package dev.weir.benchmarks.outage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A network between clients and a server, on the loopback interface, that fails when told to. Thread-safe. What it takes in it
 * passes on at once and never keeps; beyond {@value #MOST} connections it refuses.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int MOST = 2_000;
    private static final int CHUNK = 8_192;

    private final ServerSocket listening;
    private final InetSocketAddress server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean swallowing;
    private volatile int lateMillis;

    private FaultyProxy(ServerSocket listening, InetSocketAddress server) {
        this.listening = listening;
        this.server = server;
    }

    /** A network that works, to a server on a port of the loopback interface. */
    public static FaultyProxy to(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        FaultyProxy proxy = new FaultyProxy(new ServerSocket(0, 256, loopback), new InetSocketAddress(loopback, port));
        start("accept", proxy::accept);
        return proxy;
    }

    /** Where clients connect. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Resets every connection. */
    public void reset() {
        links.forEach(Link::reset);
    }

    /** Forgets every connection there is: both ends keep their sockets, and nothing passes any more. */
    public void forget() {
        links.forEach(link -> link.forgotten = true);
    }

    /** From now on new connections are accepted, and nothing passes, or they work again; those swallowed stay so. */
    public void swallow(boolean yes) {
        swallowing = yes;
    }

    /** From now on answers are late by this much. */
    public void late(int millis) {
        lateMillis = millis;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        reset();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (links.size() >= MOST) {
                    client.close();
                } else {
                    link(client);
                }
            } catch (IOException closedOrTrouble) {
                // A closed proxy ends here; a client that has gone again is not missed.
            }
        }
    }

    private void link(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        if (swallowing) {
            links.add(new Link(client, null));
            return;
        }
        Socket upstream = new Socket();
        try {
            upstream.connect(server, 1_000);
            upstream.setTcpNoDelay(true);
        } catch (IOException serverDown) {
            upstream.close();
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        Link link = new Link(client, upstream);
        links.add(link);
        start("up", () -> link.pump(client, upstream, false));
        start("down", () -> link.pump(upstream, client, true));
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private final class Link {
        private final Socket client;
        private final @Nullable Socket upstream;
        private volatile boolean forgotten;

        Link(Socket client, @Nullable Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void pump(Socket from, Socket to, boolean answers) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] chunk = new byte[CHUNK];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    if (answers && lateMillis > 0) {
                        LockSupport.parkNanos(lateMillis * 1_000_000L);
                    }
                    if (!forgotten) {
                        out.write(chunk, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException broken) {
                // An end that breaks is passed on like one that closes.
            }
            if (!forgotten) {
                close(false);
            }
        }

        void reset() {
            close(true);
        }

        private void close(boolean abruptly) {
            links.remove(this);
            for (Socket socket : new @Nullable Socket[] {client, upstream}) {
                if (socket != null) {
                    try {
                        if (abruptly) {
                            socket.setSoLinger(true, 0);
                        }
                        socket.close();
                    } catch (IOException alreadyClosed) {
                        // Closed is what it was to become.
                    }
                }
            }
        }
    }
}
