package dev.weir.socketio;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket on its way past the middlewares of its namespace, one after the other. Everything happens in the socket's
 * mailbox, but for {@link #tend}; while a middleware thinks, nothing of the socket's waits on a thread.
 */
final class Admittance {

    private static final long NEVER = Long.MAX_VALUE;

    private final Namespace namespace;
    private final Socket socket;
    private final Iterator<AsyncMiddleware> left;
    private final Consumer<@Nullable ConnectRefusedException> decided;

    /** Which middleware is being asked; an answer to an earlier one comes too late. */
    private int turn;

    /** Until when its answer is waited for. */
    private long until = NEVER;

    /** The same, for the session's deadlines; taken by who sees it passed. */
    private final AtomicLong deadline = new AtomicLong(NEVER);

    /**
     * @param decided hears, once and in the mailbox, why the socket may not enter, or {@code null} if it may; hears
     *     nothing if the client goes before
     */
    Admittance(
            Namespace namespace,
            Socket socket,
            Iterator<AsyncMiddleware> middlewares,
            Consumer<@Nullable ConnectRefusedException> decided) {
        this.namespace = namespace;
        this.socket = socket;
        this.left = middlewares;
        this.decided = decided;
    }

    /** Asks those that are left; in the mailbox. */
    void ask() {
        while (left.hasNext()) {
            CompletableFuture<?> answer = begin(left.next());
            if (!answer.isDone()) {
                await(answer);
                return;
            }
            ConnectRefusedException refusal = refusal(answer);
            if (refusal != null) {
                decide(refusal);
                return;
            }
        }
        decide(null);
    }

    private CompletableFuture<?> begin(AsyncMiddleware middleware) {
        try {
            CompletionStage<?> answer = middleware.admit(socket);
            return answer.toCompletableFuture();
        } catch (Exception | StackOverflowError | AssertionError failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void await(CompletableFuture<?> answer) {
        int asked = ++turn;
        until = namespace.settings().ticker.nanos() + namespace.settings().middlewareTimeout;
        deadline.set(until);
        socket.admittance(this);
        socket.client().session().dueBy(until);
        var unused = answer.whenComplete((value, failure) -> socket.mailbox().post(() -> answered(asked, answer)));
    }

    private void answered(int asked, CompletableFuture<?> answer) {
        if (!isAwaited(asked)) {
            return;
        }
        ConnectRefusedException refusal = refusal(answer);
        if (refusal == null) {
            ask();
        } else {
            decide(refusal);
        }
    }

    /** Any thread. Returns when to come again. */
    long tend(long now) {
        long due = deadline.get();
        if (due == NEVER || now - due < 0) {
            return due;
        }
        if (deadline.compareAndSet(due, NEVER)) {
            socket.mailbox().post(() -> late(due));
        }
        return NEVER;
    }

    private void late(long due) {
        if (due == until && isAwaited(turn)) {
            namespace.server().counters().middlewareTimeouts.increment();
            decide(new ConnectRefusedException("Not admitted in time"));
        }
    }

    /** Whether this is the answer that is waited for, and somebody still waits; then nobody does any more. */
    private boolean isAwaited(int asked) {
        if (asked != turn || until == NEVER || socket.state() != Socket.State.ENTERING) {
            return false;
        }
        until = NEVER;
        deadline.set(NEVER);
        return true;
    }

    private void decide(@Nullable ConnectRefusedException refusal) {
        socket.admittance(null);
        decided.accept(refusal);
    }

    private @Nullable ConnectRefusedException refusal(CompletableFuture<?> answer) {
        try {
            answer.get();
            return null;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new ConnectRefusedException("Not admitted");
        } catch (Exception failed) {
            Throwable cause = failed;
            while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                    && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof ConnectRefusedException refused) {
                return refused;
            }
            // What went wrong inside is nothing for a client's eyes.
            namespace.server().handlerFailed(cause);
            return new ConnectRefusedException("Not admitted");
        }
    }
}
