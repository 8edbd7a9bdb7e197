package dev.weir.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way: tells its connection when the reply is in, and what an error reply said. It tells so before the
 * borrower hears of the reply, who may give the connection back upon it.
 */
final class CountedCommand<K, V, T> extends CommandWrapper<K, V, T> {

    private static final VarHandle CONNECTION;

    static {
        try {
            CONNECTION = MethodHandles.lookup().findVarHandle(CountedCommand.class, "connection", PooledLettuce.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Until it was told. */
    @SuppressWarnings({"FieldMayBeFinal", "unused"}) // moved through CONNECTION
    private volatile @Nullable PooledLettuce<?, ?> connection;

    CountedCommand(RedisCommand<K, V, T> command, PooledLettuce<?, ?> connection) {
        super(command);
        this.connection = connection;
    }

    @Override
    public void complete() {
        PooledLettuce<?, ?> toTell = once();
        if (toTell != null) {
            CommandOutput<K, V, T> output = getOutput();
            if (output != null && output.hasError()) {
                toTell.heard(output.getError());
            }
            toTell.answered();
        }
        super.complete();
        quiet(toTell);
    }

    /** Any failure but an error reply leaves it open whether a reply will come. */
    @Override
    public boolean completeExceptionally(Throwable failure) {
        PooledLettuce<?, ?> toTell = once();
        if (toTell != null) {
            if (!(failure instanceof RedisCommandExecutionException)) {
                toTell.lostReply();
            }
            toTell.answered();
        }
        boolean told = super.completeExceptionally(failure);
        quiet(toTell);
        return told;
    }

    @Override
    public void cancel() {
        PooledLettuce<?, ?> toTell = once();
        if (toTell != null) {
            toTell.lostReply();
            toTell.answered();
        }
        super.cancel();
        quiet(toTell);
    }

    private @Nullable PooledLettuce<?, ?> once() {
        return (PooledLettuce<?, ?>) CONNECTION.getAndSet(this, null);
    }

    private static void quiet(@Nullable PooledLettuce<?, ?> told) {
        if (told != null) {
            told.endIfQuiet();
        }
    }
}
