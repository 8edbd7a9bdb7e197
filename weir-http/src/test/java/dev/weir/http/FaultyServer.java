package dev.weir.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server that answers each GET with the tag in its path, and misbehaves when told to. */
final class FaultyServer implements AutoCloseable {

    enum Mood {
        /** Answers. */
        GOOD,
        /** Takes a request and never answers. */
        HANG,
        /** Sends half an answer and no more. */
        HALF_AND_HANG,
        /** Sends half an answer and closes. */
        HALF_AND_CLOSE,
        /** Resets the connection instead of answering. */
        RESET,
        /** Answers byte after byte. */
        SLOW,
        /** Answers, and closes without saying so. */
        CLOSE_WHEN_IDLE,
        /** Answers twice. */
        TWICE
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private @Nullable ServerSocket listener;
    volatile Mood mood = Mood.GOOD;

    FaultyServer() {
        listener = listen(0);
        port = listener.getLocalPort();
    }

    private ServerSocket listen(int on) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 200);
            threads.execute(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket socket = from.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // it refuses from now on
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            for (String first = in.readLine(); first != null; first = in.readLine()) {
                String line = first;
                while (!line.isEmpty()) {
                    line = in.readLine();
                }
                if (!answer(socket, out, first.substring(4, first.lastIndexOf(' ')))) {
                    return;
                }
            }
        } catch (IOException | NullPointerException gone) {
            // the client went
        } finally {
            open.remove(socket);
        }
    }

    private boolean answer(Socket socket, OutputStream out, String tag) throws IOException {
        String text = "HTTP/1.1 200 OK\r\nContent-Length: " + tag.length() + "\r\n\r\n" + tag;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        switch (mood) {
            case GOOD -> out.write(bytes);
            case TWICE -> out.write((text + text).getBytes(StandardCharsets.US_ASCII));
            case HANG -> untilGone(socket);
            case HALF_AND_HANG -> {
                out.write(bytes, 0, bytes.length - tag.length() / 2 - 1);
                untilGone(socket);
            }
            case HALF_AND_CLOSE -> {
                out.write(bytes, 0, bytes.length - tag.length() / 2 - 1);
                return false;
            }
            case RESET -> {
                socket.setSoLinger(true, 0);
                return false;
            }
            case SLOW -> {
                for (byte one : bytes) {
                    out.write(one);
                    LockSupport.parkNanos(200_000);
                }
            }
            case CLOSE_WHEN_IDLE -> {
                out.write(bytes);
                return false;
            }
        }
        return true;
    }

    private static void untilGone(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // takes whatever comes
        }
    }

    /** Closes everything and listens no more, until {@link #restart}. */
    void kill() {
        closeListener();
        for (Socket socket : open) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException alreadyClosed) {
                // as wished
            }
        }
    }

    void restart() {
        listener = listen(port);
    }

    int connections() {
        return open.size();
    }

    String uri(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private void closeListener() {
        ServerSocket listening = listener;
        if (listening != null) {
            try {
                listening.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        kill();
        threads.shutdownNow();
    }
}
