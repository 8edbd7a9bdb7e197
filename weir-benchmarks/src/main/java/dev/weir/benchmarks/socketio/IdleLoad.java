package dev.weir.benchmarks.socketio;

import java.util.List;

/** Connections that do nothing but answer pings. */
final class IdleLoad implements Load {

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        // Whatever a first connection loads is not what each connection costs.
        Client witness = crowd.open(size.connections / 10).get(0);
        Crowd.collect(witness);
        long before = target.residentKilobytes();
        crowd.open(size.connections);
        Crowd.collect(witness);
        double each = (double) (target.residentKilobytes() - before) / size.connections;
        return List.of(Figure.of("a connection", each, "kB"));
    }
}
