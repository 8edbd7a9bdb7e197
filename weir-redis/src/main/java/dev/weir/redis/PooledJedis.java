package dev.weir.redis;

import dev.weir.event.CloseReason;
import dev.weir.pool.Slot;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * A Jedis connection and what Weir noticed on it. This is what the engine pools.
 *
 * <p>Jedis itself, for one command, is lent this object as it is and closes it exactly once; nothing is allocated. Whoever
 * else borrows holds a {@link LeasedJedis}, made for the lease and powerless after it.
 */
@SuppressWarnings("RedundantOverride") // flush() and the reads are widened for LeasedJedis
final class PooledJedis extends Connection {

    private static final long NOT_LENT = 0;
    private static final VarHandle INSIDE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            INSIDE = lookup.findVarHandle(PooledJedis.class, "inside", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Null while the constructor of the superclass shakes hands. */
    private final @Nullable RedisHome home;

    /** How to make an object that is a {@link Connection} for the same server; it connects to nothing. */
    final Connection.Builder blueprint;

    /** For the housekeeper alone. */
    final CommandWatch watch = new CommandWatch();

    /** What Jedis asked for itself, while this is false, is no borrower's doing. */
    private boolean noticing;

    private @Nullable Slot<PooledJedis> slot;
    private long word;
    /** What the borrower left, in the words of {@link SessionNotes}; the housekeeper looks at it too, and may be late. */
    private int notes;
    /** Commands sent and replies read; the housekeeper looks at them too, and may be late. */
    private int sent;

    private int answered;
    /** Whether the newest command may wait for as long as it likes. */
    private boolean blocking;

    /** Calls of a {@link LeasedJedis} under way. */
    @SuppressWarnings("FieldMayBeFinal") // moved through INSIDE
    private volatile int inside;

    private volatile boolean unwanted;
    private final HostAndPort node;
    private final int socketTimeout;
    final long openedAt;

    PooledJedis(
            HostAndPort node,
            JedisSocketFactory sockets,
            JedisClientConfig config,
            JedisClientConfig handleConfig,
            RedisHome home) {
        super(sockets, config);
        this.home = home;
        this.blueprint = Connection.builder().socketFactory(sockets).clientConfig(handleConfig);
        this.openedAt = home.now();
        this.socketTimeout = Math.toIntExact(home.settings.socketTimeout().toMillis());
        this.node = node;
    }

    // Lending

    /** For the thread that leased the slot: the connection itself, to be closed exactly once. */
    Connection lendPlain(Slot<PooledJedis> leased) {
        slot = leased;
        word = leased.word();
        noticing = true;
        leased.heldBy(this);
        return this;
    }

    /** For the thread that leased the slot: a handle that is powerless once closed. */
    Connection lendHandle(Slot<PooledJedis> leased) {
        slot = leased;
        word = NOT_LENT;
        noticing = true;
        LeasedJedis handle = new LeasedJedis(this, leased);
        leased.heldBy(handle);
        return handle;
    }

    /** Ends a plain lease. Without one, as Jedis does when shaking hands fails, ends the connection. */
    @Override
    public void close() {
        Slot<PooledJedis> leased = slot;
        if (leased == null) {
            super.disconnect();
            return;
        }
        long lease = word;
        if (lease == NOT_LENT) {
            return;
        }
        word = NOT_LENT;
        if (isClean()) {
            leased.pool().giveBack(leased, lease);
        } else {
            giveBack(leased, lease);
        }
    }

    /** For the connector, while nobody holds the connection: what is asked from here on is no borrower's doing. */
    boolean isFitForQuestions() {
        noticing = false;
        return isClean();
    }

    private boolean isClean() {
        return notes == 0 && sent == answered && !unwanted && !isBroken();
    }

    /** Claims the connection, so that no call can begin any more, and resets or retires it. */
    void giveBack(Slot<PooledJedis> leased, long lease) {
        if (!leased.pool().claim(leased, lease)) {
            return;
        }
        // Until the reset says otherwise; whatever it throws, the slot must not stay claimed.
        CloseReason reason = CloseReason.DIRTY;
        try {
            reason = reset();
        } finally {
            if (reason == null) {
                leased.pool().giveBackClaimed(leased);
            } else {
                leased.pool().retireClaimed(leased, reason);
            }
        }
    }

    /** Resets what the lease left. Answers why the connection must be retired, or null when it is as good as new. */
    private @Nullable CloseReason reset() {
        RedisHome known = home();
        if (unwanted || isBroken()) {
            return CloseReason.BROKEN;
        }
        boolean strict = known.settings.sessionReset() == SessionReset.STRICT;
        if (sent != answered || inside != 0 || !SessionNotes.canBeUndone(notes) || (strict && notes != 0)) {
            known.retiredDirty.increment();
            return CloseReason.DIRTY;
        }
        if (notes == 0) {
            return null;
        }
        noticing = false;
        try {
            if ((notes & SessionNotes.SOCKET_TIMEOUT) != 0) {
                setSoTimeout(socketTimeout);
            }
            List<List<String>> commands = SessionNotes.undo(notes, known.settings);
            for (List<String> command : commands) {
                sendCommand(arguments(command));
            }
            for (Object reply : getMany(commands.size())) {
                if (reply instanceof JedisDataException) {
                    known.retiredDirty.increment();
                    return CloseReason.DIRTY;
                }
            }
        } catch (JedisException failure) {
            return CloseReason.BROKEN;
        }
        notes = 0;
        known.sessionsUndone.increment();
        return null;
    }

    static CommandArguments arguments(List<String> words) {
        CommandArguments arguments = new CommandArguments(Protocol.Command.valueOf(words.get(0)));
        words.subList(1, words.size()).forEach(arguments::add);
        return arguments;
    }

    // Calls of a handle

    void enter() {
        INSIDE.getAndAdd(this, 1);
    }

    void exit() {
        INSIDE.getAndAdd(this, -1);
    }

    // Noticing

    @Override
    public void sendCommand(CommandArguments arguments) {
        if (noticing) {
            note(arguments);
        }
        super.sendCommand(arguments);
        sent++;
    }

    private void note(CommandArguments arguments) {
        SessionCommand command = SessionCommand.named(arguments.getCommand().getRaw());
        if (command != null || notes != 0) {
            String subcommand = command != null && command.hasSubcommands() && arguments.size() > 1
                    ? SafeEncoder.encode(arguments.get(1).getRaw())
                    : null;
            notes = SessionNotes.after(notes, command, subcommand);
        }
        if (blocking != arguments.isBlocking()) {
            blocking = arguments.isBlocking();
        }
    }

    @Override
    protected Object readProtocolWithCheckingBroken() {
        try {
            Object reply = super.readProtocolWithCheckingBroken();
            answered++;
            return reply;
        } catch (JedisDataException error) {
            answered++;
            Slot<PooledJedis> leased = slot;
            if (noticing && leased != null) {
                unwanted |= home().heard(ReplyVerdict.of(error.getMessage()), error, leased.pool());
            }
            throw error;
        }
    }

    @Override
    protected void readPushesWithCheckingBroken() {
        super.readPushesWithCheckingBroken();
    }

    @Override
    protected void flush() {
        super.flush();
    }

    /** A pooled connection that is gone stays gone: a borrower does not connect, least of all without credentials. */
    @Override
    public void connect() {
        if (home == null) {
            super.connect();
        } else if (isBroken()) {
            throw new JedisConnectionException("the connection to " + node + " is gone; get another one from the pool");
        }
    }

    @Override
    public void setSoTimeout(int millis) {
        if (noticing && millis != socketTimeout) {
            notes |= SessionNotes.SOCKET_TIMEOUT;
        }
        super.setSoTimeout(millis);
    }

    @Override
    public void setTimeoutInfinite() {
        if (noticing) {
            notes |= SessionNotes.SOCKET_TIMEOUT;
        }
        super.setTimeoutInfinite();
    }

    @Override
    public void rollbackTimeout() {
        super.rollbackTimeout();
        if (getSoTimeout() == socketTimeout) {
            notes &= ~SessionNotes.SOCKET_TIMEOUT;
        }
    }

    // For the connector

    private RedisHome home() {
        RedisHome known = home;
        if (known == null) {
            throw new IllegalStateException("the connection is not yet made");
        }
        return known;
    }

    /** Whether a borrower waits for a reply or for messages. */
    boolean isBusy() {
        return sent != answered || SessionNotes.isSubscribed(notes);
    }

    /** Whether the reply that is waited for should have been there by now. */
    boolean isOverdue(long nanos) {
        if (sent == answered || blocking || SessionNotes.isSubscribed(notes)) {
            watch.nothing();
            return false;
        }
        return watch.isOverdue(sent + answered, nanos, home().queryTimeoutNanos());
    }

    /** Ends the connection at once; whoever is blocked in it comes free. */
    void abort() {
        unwanted = true;
        try {
            forceDisconnect();
        } catch (IOException | RuntimeException alreadyGone) {
            // There is no more that could be done: the engine has given the connection up.
        }
    }

    /** For the connector, while nobody holds the connection: a question of its own. */
    Object ask(CommandArguments question) {
        sendCommand(question);
        return getOne();
    }
}
