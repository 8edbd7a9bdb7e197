package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** Gathers the answers to a broadcast until every socket of every server has answered, or nobody will any more. */
final class AnswerGathering implements AnswerListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<BroadcastAnswers> result = new CompletableFuture<>();
    private final Executor executor;

    // Guarded by the lock.
    private final List<Arguments> answers = new ArrayList<>();
    private int servers = Integer.MAX_VALUE;
    private int reported;
    private int expected;
    private int missing;
    private boolean done;

    AnswerGathering(Executor executor) {
        this.executor = executor;
    }

    CompletionStage<BroadcastAnswers> result() {
        return result;
    }

    /** How many servers will say how many sockets they ask. */
    void servers(int count) {
        change(() -> servers = count);
    }

    @Override
    public void asked(int sockets) {
        change(() -> {
            reported++;
            expected += sockets;
            missing += sockets;
        });
    }

    @Override
    public void answered(Arguments answer) {
        change(() -> {
            answers.add(answer);
            missing--;
        });
    }

    @Override
    public void unanswered() {
        change(() -> missing--);
    }

    @Override
    public void over() {
        change(() -> {
            servers = reported;
            missing = 0;
        });
    }

    private void change(Runnable step) {
        BroadcastAnswers all;
        lock.lock();
        try {
            if (done) {
                return;
            }
            step.run();
            if (reported < servers || missing > 0) {
                return;
            }
            done = true;
            all = new BroadcastAnswers(answers, expected);
        } finally {
            lock.unlock();
        }
        result.completeAsync(() -> all, executor);
    }
}
