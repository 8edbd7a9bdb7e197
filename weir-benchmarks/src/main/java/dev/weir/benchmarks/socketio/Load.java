package dev.weir.benchmarks.socketio;

import java.util.List;

/** Puts one kind of load on a server, in the JVM it is called in, and says what came of it. */
@FunctionalInterface
interface Load {

    List<Figure> put(Target target, Crowd crowd, Size size) throws Exception;
}
