package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.List;

/**
 * Answers to a broadcast.
 *
 * @param answers those that came, in the order they came
 * @param expected how many sockets, or servers, were asked
 */
public record BroadcastAnswers(List<Arguments> answers, int expected) {

    /** Copies the list. */
    public BroadcastAnswers {
        answers = List.copyOf(answers);
    }

    /** Whether everyone answered in time. */
    public boolean isComplete() {
        return answers.size() == expected;
    }
}
