package dev.weir.socketio;

/** Answers the requests whose path is not Engine.IO's: a page, its files, an interface for programs. */
@FunctionalInterface
public interface WebHandler {

    /** Answers. Called on a handler thread, many at once, may block; throwing is answered with 500 and counted. */
    WebResponse answer(WebRequest request) throws Exception;
}
