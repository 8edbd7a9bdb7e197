package dev.weir.benchmarks.socketio;

/** The JVM of a server: {@code PEER MAX-PER-ADDRESS}. It says {@code PORT=n}, and ends with its standard input. */
final class PeerMain {

    private PeerMain() {}

    /** Starts the server. */
    public static void main(String[] arguments) throws Exception {
        PeerServer server = Peer.valueOf(arguments[0]).serve(Integer.parseInt(arguments[1]));
        System.out.println(PeerProcess.ANSWER + server.port());
        while (System.in.read() >= 0) {
            // Whatever is said to it does not matter.
        }
        System.exit(0);
    }
}
