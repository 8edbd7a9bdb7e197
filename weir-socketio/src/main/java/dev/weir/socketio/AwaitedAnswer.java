package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answer that one socket owes; told on a handler thread. */
final class AwaitedAnswer implements PendingAcks.Awaiting {

    private final Namespace namespace;
    private final String event;
    private final CompletableFuture<Arguments> answer = new CompletableFuture<>();

    AwaitedAnswer(Namespace namespace, String event) {
        this.namespace = namespace;
        this.event = event;
    }

    CompletionStage<Arguments> result() {
        return answer;
    }

    @Override
    public void answered(Arguments given) {
        answer.completeAsync(() -> given, namespace.server().executor());
    }

    @Override
    public void failed(AckException.Why why) {
        namespace.server().executor().execute(() -> answer.completeExceptionally(failure(why)));
    }

    private AckException failure(AckException.Why why) {
        return new AckException(
                why, "no answer to \"" + event + "\" from a socket of " + namespace.name() + ": " + why);
    }
}
