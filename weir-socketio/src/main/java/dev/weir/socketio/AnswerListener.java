package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;

/** Hears the answers to a broadcast. Called by any thread; must not block. */
public interface AnswerListener {

    /** So many sockets of one more server have been asked. */
    void asked(int sockets);

    /** One of them has answered. */
    void answered(Arguments answer);

    /** One of them will not. */
    void unanswered();

    /** Nobody will answer any more. */
    void over();
}
