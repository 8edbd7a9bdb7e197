package dev.weir.redis;

import io.lettuce.core.RedisAsyncCommandsImpl;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower holds: one lease of a connection, powerless after it. Lettuce's own connection over a {@link LeaseWriter},
 * with a transaction and timeouts of its own; the command interfaces are made when they are asked for.
 */
final class LeasedLettuce<K, V> extends StatefulRedisConnectionImpl<K, V> {

    private final LeaseWriter<K, V> writer;
    private final boolean shared;
    private volatile @Nullable RedisAsyncCommands<K, V> asyncCommands;
    private volatile @Nullable RedisCommands<K, V> syncCommands;
    private volatile @Nullable RedisReactiveCommands<K, V> reactiveCommands;
    private boolean autoFlush = true;
    private @Nullable Duration ownTimeout;

    /** To be undone at the end; nothing but additions and their opposites. */
    private @Nullable List<Runnable> listenersToRemove;

    @SuppressWarnings("NullAway") // the push handler behind is reached through the pooled connection alone
    LeasedLettuce(LeaseWriter<K, V> writer, boolean shared) {
        super(writer, null, writer.pooled().codec, writer.pooled().connection.getTimeout());
        this.writer = writer;
        this.shared = shared;
        this.ownTimeout = null;
        setOptions(writer.pooled().connection.getOptions());
    }

    // Lettuce makes all three in its constructor and keeps them; a lease rarely needs more than one, and makes it when
    // asked.

    @Override
    @SuppressWarnings("NullAway")
    protected @Nullable RedisAsyncCommandsImpl<K, V> newRedisAsyncCommandsImpl() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
        return null;
    }

    @Override
    public RedisAsyncCommands<K, V> async() {
        RedisAsyncCommands<K, V> made = asyncCommands;
        if (made == null) {
            made = super.newRedisAsyncCommandsImpl();
            asyncCommands = made;
        }
        return made;
    }

    @Override
    public RedisCommands<K, V> sync() {
        RedisCommands<K, V> made = syncCommands;
        if (made == null) {
            made = super.newRedisSyncCommandsImpl();
            syncCommands = made;
        }
        return made;
    }

    @Override
    public RedisReactiveCommands<K, V> reactive() {
        RedisReactiveCommands<K, V> made = reactiveCommands;
        if (made == null) {
            made = super.newRedisReactiveCommandsImpl();
            reactiveCommands = made;
        }
        return made;
    }

    @Override
    public <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command) {
        writer.refuseWhatOthersWouldFeel(command);
        return super.dispatch(command);
    }

    @Override
    public Collection<RedisCommand<K, V, ?>> dispatch(Collection<? extends RedisCommand<K, V, ?>> commands) {
        commands.forEach(writer::refuseWhatOthersWouldFeel);
        return super.dispatch(commands);
    }

    /** A blocking command is waited for as the settings say of those, unless the borrower set a timeout himself. */
    @Override
    public Duration getTimeout() {
        Duration own = ownTimeout;
        if (own != null) {
            return own;
        }
        return writer.pooled().isBlocked() ? writer.pooled().home.settings.blockingTimeout() : super.getTimeout();
    }

    @Override
    public void setTimeout(Duration timeout) {
        super.setTimeout(timeout);
        ownTimeout = timeout;
    }

    /** Whether a shared connection needs no replacement; one that Lettuce reconnects needs none. */
    boolean isWorthKeeping() {
        return !writer.isOver() && !writer.pooled().isGone();
    }

    int commandsOut() {
        return writer.pooled().outstanding();
    }

    @Override
    public boolean isOpen() {
        return !writer.isOver() && writer.pooled().connection.isOpen();
    }

    @Override
    public void setAutoFlushCommands(boolean flush) {
        super.setAutoFlushCommands(flush);
        autoFlush = flush;
    }

    @Override
    public void addListener(PushListener listener) {
        refuseIfOver();
        writer.pooled().connection.addListener(listener);
        atTheEnd(() -> writer.pooled().connection.removeListener(listener));
    }

    @Override
    public void removeListener(PushListener listener) {
        if (!writer.isOver()) {
            writer.pooled().connection.removeListener(listener);
        }
    }

    @Override
    public void addListener(RedisConnectionStateListener listener) {
        refuseIfOver();
        writer.pooled().connection.addListener(listener);
        atTheEnd(() -> writer.pooled().connection.removeListener(listener));
    }

    @Override
    public void removeListener(RedisConnectionStateListener listener) {
        if (!writer.isOver()) {
            writer.pooled().connection.removeListener(listener);
        }
    }

    private void refuseIfOver() {
        if (writer.isOver()) {
            throw new RedisException("this connection was closed or taken back; get another one from the pool");
        }
    }

    private void atTheEnd(Runnable removal) {
        List<Runnable> known = listenersToRemove;
        if (known == null) {
            known = new ArrayList<>(1);
            listenersToRemove = known;
        }
        known.add(removal);
    }

    /** Gives the connection back, without waiting for replies that are out. Does nothing when the lease is over. */
    @Override
    public void close() {
        if (shared || writer.isOver()) {
            return;
        }
        try {
            if (!autoFlush) {
                super.setAutoFlushCommands(true);
                flushCommands();
            }
            if (listenersToRemove != null) {
                listenersToRemove.forEach(Runnable::run);
            }
        } finally {
            writer.end();
        }
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        close();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String toString() {
        return (writer.isOver() ? "returned " : "leased ") + writer.pooled();
    }
}
