package dev.weir.server.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A server that says to each command what a test wants it to. */
final class ScriptedRedis implements AutoCloseable {

    static final String HANG_UP = "";

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Function<List<String>, String> script;

    ScriptedRedis(Function<List<String>, String> script) throws IOException {
        this.script = script;
        daemon(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> talk(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted redis");
        thread.setDaemon(true);
        thread.start();
    }

    private void talk(Socket socket) {
        try (socket) {
            answer(socket);
        } catch (IOException gone) {
            // The client has hung up.
        }
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        for (String head = in.readLine(); head != null; head = in.readLine()) {
            List<String> command = new ArrayList<>();
            for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
                in.readLine();
                command.add(in.readLine());
            }
            String name = command.get(0).toUpperCase(Locale.ROOT);
            String reply = switch (name) {
                case "HELLO" -> "*2\r\n$5\r\nproto\r\n:2";
                case "CLIENT" -> "+OK";
                default -> script.apply(command);
            };
            if (reply.equals(HANG_UP)) {
                return;
            }
            out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
