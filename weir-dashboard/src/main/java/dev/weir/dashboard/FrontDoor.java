package dev.weir.dashboard;

import dev.weir.socketio.Handshake;
import dev.weir.socketio.WebHandler;
import dev.weir.socketio.WebRequest;
import dev.weir.socketio.WebResponse;
import java.util.Locale;

/** Takes every request through the {@link Gate}, then to the page's files or the interface for programs. */
final class FrontDoor implements WebHandler {

    private final Gate gate;
    private final PageFiles files;
    private final Api api;

    FrontDoor(Gate gate, PageFiles files, Api api) {
        this.gate = gate;
        this.files = files;
        this.api = api;
    }

    @Override
    public WebResponse answer(WebRequest request) {
        try {
            Gate.Caller caller = caller(request);
            gate.enter(caller);
            boolean reads = request.method().equals("GET");
            if (!reads) {
                // Before anything else is looked at: without the token nothing changes, whatever is asked.
                gate.change(caller);
            }
            if (request.path().startsWith(Api.PREFIX)) {
                gate.read(caller);
                return api.answer(request);
            }
            if (!reads) {
                throw new Problem(405, "method-not-allowed", "The page's files can only be read.");
            }
            // They tell nothing of this process, so that somebody from afar can come and enter the token.
            return files.answer(request);
        } catch (Problem problem) {
            return Api.json(problem.status(), problem.body());
        }
    }

    private static Gate.Caller caller(WebRequest request) {
        return new Gate.Caller(
                request.header("host").orElse(null),
                request.header("origin").orElse(null),
                request.header("authorization").orElse(null),
                request.address(),
                request.secure(),
                isForwarded(name -> request.header(name).isPresent()));
    }

    /** The caller behind a Socket.IO client; the token comes in what it sends to authenticate. */
    static Gate.Caller caller(Handshake handshake, String authorization) {
        return new Gate.Caller(
                handshake.header("host").orElse(null),
                handshake.header("origin").orElse(null),
                authorization,
                handshake.address().toLowerCase(Locale.ROOT),
                handshake.secure(),
                isForwarded(name -> handshake.header(name).isPresent()));
    }

    private static boolean isForwarded(java.util.function.Predicate<String> has) {
        return has.test("x-forwarded-for") || has.test("forwarded") || has.test("x-real-ip");
    }
}
