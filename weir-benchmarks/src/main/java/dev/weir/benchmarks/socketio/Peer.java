package dev.weir.benchmarks.socketio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whose server is measured. */
enum Peer {
    WEIR,
    NODE,
    NETTY_SOCKETIO,
    NETTY;

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean runsOnNode() {
        return this == NODE;
    }

    /** The command that starts its process, which lets in so many of one address if it can be told. */
    List<String> command(Path java, List<String> quiet, Path nodeProject, int maxPerAddress) {
        if (runsOnNode()) {
            return List.of(
                    "node", "--expose-gc", nodeProject.resolve("server.mjs").toString());
        }
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(quiet);
        // Serial, and a small heap: what is resident after a collection is what is needed.
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx1g", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(PeerMain.class.getName(), name(), Integer.toString(maxPerAddress)));
        return command;
    }

    /** Starts it in this JVM. Only one of them can be told what to let in of one address. */
    PeerServer serve(int maxPerAddress) throws Exception {
        return switch (this) {
            case WEIR -> new WeirServer(maxPerAddress);
            case NETTY_SOCKETIO -> new NettySocketIoServer();
            case NETTY -> new BareServer();
            case NODE -> throw new IllegalArgumentException("it does not run in a JVM");
        };
    }
}
