package dev.weir.redis;

import dev.weir.pool.Slot;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where all commands of one lease go through: refused once the lease is over, noted, counted, and written. */
final class LeaseWriter<K, V> implements RedisChannelWriter {

    private final PooledLettuce<K, V> pooled;
    private final RedisChannelWriter behind;
    private final Slot<PooledLettuce<K, V>> slot;
    private final long word;
    private final boolean shared;

    /**
     * For whoever leased the slot.
     *
     * @param shared whether many threads use the lease, so that nobody may change the session or block
     */
    LeaseWriter(Slot<PooledLettuce<K, V>> slot, long word, boolean shared) {
        this.pooled = slot.connection();
        this.behind = ((RedisChannelHandler<?, ?>) pooled.connection).getChannelWriter();
        this.slot = slot;
        this.word = word;
        this.shared = shared;
    }

    PooledLettuce<K, V> pooled() {
        return pooled;
    }

    boolean isOver() {
        return !slot.isLeased(word);
    }

    /** Ends the lease, once. */
    void end() {
        if (slot.pool().claim(slot, word)) {
            pooled.end(slot);
        }
    }

    private boolean isFullFor(int more) {
        return pooled.outstanding() + more > pooled.home.settings.requestQueueSize();
    }

    /** By the command's future, as Lettuce tells of its own bound, but without a line in the log for each. */
    private void refuseForWantOfRoom(RedisCommand<?, ?, ?> command) {
        command.completeExceptionally(
                new RedisException("requestQueueSize is exceeded: " + pooled.home.settings.requestQueueSize()
                        + " commands are on their way on this connection; wait for replies, or raise it"));
    }

    @Override
    public <A, B, T> RedisCommand<A, B, T> write(RedisCommand<A, B, T> command) {
        if (isFullFor(1)) {
            refuseForWantOfRoom(command);
            return command;
        }
        CountedCommand<A, B, T> counted = counted(command);
        boolean written = false;
        try {
            behind.write(counted);
            written = true;
        } finally {
            if (!written) {
                counted.cancel();
            }
        }
        return command;
    }

    @Override
    public <A, B> Collection<RedisCommand<A, B, ?>> write(Collection<? extends RedisCommand<A, B, ?>> commands) {
        List<RedisCommand<A, B, ?>> all = new ArrayList<>(commands);
        if (isFullFor(commands.size())) {
            commands.forEach(this::refuseForWantOfRoom);
            return all;
        }
        List<RedisCommand<A, B, ?>> counted = new ArrayList<>(commands.size());
        boolean written = false;
        try {
            for (RedisCommand<A, B, ?> command : commands) {
                counted.add(counted(command));
            }
            behind.write(counted);
            written = true;
        } finally {
            if (!written) {
                counted.forEach(RedisCommand::cancel);
            }
        }
        return all;
    }

    private <A, B, T> CountedCommand<A, B, T> counted(RedisCommand<A, B, T> command) {
        pooled.sending();
        if (isOver()) {
            pooled.notSent();
            throw new RedisException("this connection was closed or taken back; get another one from the pool");
        }
        pooled.note(command);
        return new CountedCommand<>(command, pooled);
    }

    /** Before anything is done for the command: a transaction that was refused must not count as begun. */
    void refuseWhatOthersWouldFeel(RedisCommand<?, ?, ?> command) {
        if (!shared) {
            return;
        }
        String type = command.getType().toString();
        SessionCommand session = SessionCommand.named(command.getType().getBytes());
        boolean changes =
                session != null && (!session.hasSubcommands() || SessionNotes.after(0, session, first(command)) != 0);
        if (changes || PooledLettuce.isBlocking(type, command)) {
            throw new RedisException(type + " would be felt by every other user of this shared connection:"
                    + " borrow one from a pool, by WeirRedis.builder().lettuce()");
        }
    }

    private static String first(RedisCommand<?, ?, ?> command) {
        return command.getArgs() == null
                ? ""
                : command.getArgs().toCommandString().split(" ", 2)[0];
    }

    /** Nobody but the lease itself ends it. */
    @Override
    public void close() {
        end();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        end();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void setConnectionFacade(ConnectionFacade connection) {
        // The channel goes on to tell the pooled connection.
    }

    @Override
    public void setAutoFlushCommands(boolean autoFlush) {
        if (shared && !autoFlush) {
            throw new RedisException(
                    "commands of a shared connection are everybody's to flush: borrow one from a pool");
        }
        if (!isOver()) {
            behind.setAutoFlushCommands(autoFlush);
        }
    }

    @Override
    public void flushCommands() {
        if (!isOver()) {
            behind.flushCommands();
        }
    }

    @Override
    public ClientResources getClientResources() {
        return behind.getClientResources();
    }
}
