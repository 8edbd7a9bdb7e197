package dev.weir.redis;

import dev.weir.event.CloseReason;
import dev.weir.pool.Slot;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A Lettuce connection and what Weir noticed on it. This is what the engine pools; a borrower holds a {@link LeasedLettuce}.
 *
 * <p>Commands may come from several threads, and their replies on the event loop. A lease that ends while replies are out
 * ends when they are in: nobody waits for that, and nobody else gets the connection meanwhile.
 */
final class PooledLettuce<K, V> {

    private static final Set<String> BLOCKING = Set.of(
            "BLPOP", "BRPOP", "BLMOVE", "BRPOPLPUSH", "BLMPOP", "BZPOPMIN", "BZPOPMAX", "BZMPOP", "WAIT", "WAITAOF");
    private static final Set<String> BLOCKING_IF_SAID = Set.of("XREAD", "XREADGROUP");

    final RedisHome home;
    final StatefulRedisConnection<K, V> connection;
    final RedisCodec<K, V> codec;
    final ReadBufferWatch buffer;
    final long openedAt;
    /** For the housekeeper alone. */
    final CommandWatch watch = new CommandWatch();

    private final RedisClient client;
    private final AtomicInteger notes = new AtomicInteger();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicInteger progress = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> ending = new AtomicReference<>();
    private volatile @Nullable Slot<PooledLettuce<K, V>> slot;
    private volatile boolean blocking;
    /** Since the borrower gave it back; whatever is still waited for is waited for on Weir's behalf. */
    private volatile boolean ended;

    private volatile boolean lost;
    private volatile boolean unwanted;
    private volatile boolean aborted;

    PooledLettuce(
            RedisHome home,
            RedisClient client,
            StatefulRedisConnection<K, V> connection,
            RedisCodec<K, V> codec,
            ReadBufferWatch buffer) {
        this.home = home;
        this.client = client;
        this.connection = connection;
        this.codec = codec;
        this.buffer = buffer;
        this.openedAt = home.now();
    }

    void lentFrom(Slot<PooledLettuce<K, V>> leased) {
        slot = leased;
        ended = false;
    }

    // Commands

    /** A command is about to be written. Whoever ends the lease afterwards sees it, or the caller sees the end. */
    void sending() {
        outstanding.incrementAndGet();
        progress.incrementAndGet();
    }

    /** It was not written after all. */
    void notSent() {
        outstanding.decrementAndGet();
        endIfQuiet();
    }

    void note(RedisCommand<?, ?, ?> command) {
        String type = command.getType().toString();
        boolean blocks = isBlocking(type, command);
        if (blocks != blocking) {
            blocking = blocks;
        }
        SessionCommand known = SessionCommand.named(command.getType().getBytes());
        if (known != null || notes.get() != 0) {
            String subcommand = known != null && known.hasSubcommands() ? firstArgument(command) : null;
            notes.updateAndGet(now -> SessionNotes.after(now, known, subcommand));
        }
    }

    static boolean isBlocking(String type, RedisCommand<?, ?, ?> command) {
        if (type.charAt(0) != 'B' && type.charAt(0) != 'W' && type.charAt(0) != 'X') {
            return false;
        }
        return BLOCKING.contains(type)
                || (BLOCKING_IF_SAID.contains(type)
                        && command.getArgs() != null
                        && command.getArgs().toCommandString().contains("BLOCK"));
    }

    private static @Nullable String firstArgument(RedisCommand<?, ?, ?> command) {
        CommandArgs<?, ?> arguments = command.getArgs();
        return arguments == null ? null : arguments.toCommandString().split(" ", 2)[0];
    }

    /** A reply is in, or given up. */
    void answered() {
        progress.incrementAndGet();
        outstanding.decrementAndGet();
    }

    /** It is not known whether a reply that was given up will still come. */
    void lostReply() {
        lost = true;
    }

    void heard(String error) {
        Slot<PooledLettuce<K, V>> leased = slot;
        if (leased != null
                && home.heard(ReplyVerdict.of(error), new RedisCommandExecutionException(error), leased.pool())) {
            unwanted = true;
        }
    }

    // The end of a lease

    /** Ends a lease that the caller has claimed: at once, or when the replies that are out are in. */
    void end(Slot<PooledLettuce<K, V>> leased) {
        ended = true;
        ending.set(() -> reset(leased));
        endIfQuiet();
    }

    /**
     * Whoever sees that nothing is out ends the lease, once. On a connection that was aborted nothing is waited for: a command
     * that was cancelled before it was written is never heard of again.
     */
    void endIfQuiet() {
        if (ending.get() != null && (aborted || outstanding.get() == 0)) {
            Runnable end = ending.getAndSet(null);
            if (end != null) {
                end.run();
            }
        }
    }

    private void reset(Slot<PooledLettuce<K, V>> leased) {
        int left = notes.get();
        boolean strict = home.settings.sessionReset() == SessionReset.STRICT;
        if (unwanted || lost || aborted || !connection.isOpen()) {
            leased.pool().retireClaimed(leased, CloseReason.BROKEN);
        } else if (!SessionNotes.canBeUndone(left) || (strict && left != 0)) {
            home.retiredDirty.increment();
            leased.pool().retireClaimed(leased, CloseReason.DIRTY);
        } else if (buffer.bytes() > home.settings.maxBufferBytes()) {
            home.retiredForBuffers.increment();
            leased.pool().retireClaimed(leased, CloseReason.DIRTY);
        } else if (left == 0) {
            leased.pool().giveBackClaimed(leased);
        } else {
            outstanding.incrementAndGet();
            try {
                undo(left).whenComplete((done, failure) -> undone(leased, failure));
            } catch (RuntimeException refused) {
                undone(leased, refused);
            }
        }
    }

    private CompletionStage<Void> undo(int left) {
        List<CompletableFuture<?>> replies = new ArrayList<>();
        for (List<String> words : SessionNotes.undo(left, home.settings)) {
            replies.add(ask(words).toCompletableFuture());
        }
        return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new));
    }

    private void undone(Slot<PooledLettuce<K, V>> leased, @Nullable Throwable failure) {
        outstanding.decrementAndGet();
        if (failure != null) {
            home.retiredDirty.increment();
            leased.pool().retireClaimed(leased, connection.isOpen() ? CloseReason.DIRTY : CloseReason.BROKEN);
            return;
        }
        notes.set(0);
        home.sessionsUndone.increment();
        leased.pool().giveBackClaimed(leased);
    }

    // For the connector

    /** A question of Weir's own, which leaves no note. */
    RedisFuture<String> ask(List<String> words) {
        CommandArgs<K, V> arguments = new CommandArgs<>(codec);
        words.subList(1, words.size()).forEach(arguments::add);
        AsyncCommand<K, V, String> question = new AsyncCommand<>(
                new Command<>(CommandType.valueOf(words.get(0)), new StatusOutput<>(codec), arguments));
        connection.dispatch(question);
        return question;
    }

    boolean isFit() {
        return !unwanted && !lost && connection.isOpen() && outstanding.get() == 0 && notes.get() == 0;
    }

    /** Whether it leads to a server that is of no use any more, or was ended: nothing that reconnecting mends. */
    boolean isGone() {
        return unwanted || aborted;
    }

    boolean isBusy() {
        return outstanding.get() > 0 || SessionNotes.isSubscribed(notes.get());
    }

    int outstanding() {
        return outstanding.get();
    }

    /** Whether the newest command may wait for as long as it likes. */
    boolean isBlocked() {
        return blocking;
    }

    /** Whether the replies that are waited for should have been there by now. */
    boolean isOverdue(long nanos, long timeoutNanos) {
        boolean mayWait = !ended && (blocking || SessionNotes.isSubscribed(notes.get()));
        if (outstanding.get() == 0 || mayWait) {
            watch.nothing();
            return false;
        }
        return watch.isOverdue(progress.get(), nanos, timeoutNanos);
    }

    /** Ends the connection; what waits for replies comes free. Does not block. */
    CompletionStage<Void> abort() {
        aborted = true;
        // The client was made for this connection alone and closes it.
        CompletionStage<Void> closed = client.shutdownAsync(0, 0, TimeUnit.NANOSECONDS);
        endIfQuiet();
        return closed;
    }

    @Override
    public String toString() {
        return "connection to " + home.settings.node() + (isGone() ? ", unwanted" : "");
    }
}
