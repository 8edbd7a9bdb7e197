package dev.weir.redis;

import dev.weir.pool.Slot;
import java.io.IOException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What a borrower holds who may keep it: one lease of a connection, for a pipeline, a transaction, a subscription or calls
 * of his own. Everything Jedis does with a connection comes down to the calls overridden here; each is refused once the
 * lease is over, by {@link #close} or because the pool took the connection back.
 */
final class LeasedJedis extends Connection {

    private final PooledJedis pooled;
    private final Slot<PooledJedis> slot;
    private final long word;

    /** For whoever has just leased the slot, on the same thread. */
    LeasedJedis(PooledJedis pooled, Slot<PooledJedis> slot) {
        super(pooled.blueprint);
        this.pooled = pooled;
        this.slot = slot;
        this.word = slot.word();
        this.protocol = pooled.getRedisProtocol();
    }

    private boolean isOver() {
        return !slot.isLeased(word);
    }

    private PooledJedis enter() {
        pooled.enter();
        if (isOver()) {
            pooled.exit();
            throw new JedisException("this connection was closed or taken back; get another one from the pool");
        }
        return pooled;
    }

    @Override
    public void sendCommand(CommandArguments arguments) {
        enter();
        try {
            pooled.sendCommand(arguments);
        } finally {
            pooled.exit();
        }
    }

    @Override
    protected void flush() {
        enter();
        try {
            pooled.flush();
        } finally {
            pooled.exit();
        }
    }

    @Override
    protected Object readProtocolWithCheckingBroken() {
        enter();
        try {
            return pooled.readProtocolWithCheckingBroken();
        } finally {
            pooled.exit();
        }
    }

    @Override
    protected void readPushesWithCheckingBroken() {
        enter();
        try {
            pooled.readPushesWithCheckingBroken();
        } finally {
            pooled.exit();
        }
    }

    @Override
    public void connect() {
        enter();
        try {
            pooled.connect();
        } finally {
            pooled.exit();
        }
    }

    @Override
    public int getSoTimeout() {
        return pooled.getSoTimeout();
    }

    @Override
    public void setSoTimeout(int millis) {
        enter();
        try {
            pooled.setSoTimeout(millis);
        } finally {
            pooled.exit();
        }
    }

    @Override
    public void setTimeoutInfinite() {
        enter();
        try {
            pooled.setTimeoutInfinite();
        } finally {
            pooled.exit();
        }
    }

    @Override
    public void rollbackTimeout() {
        enter();
        try {
            pooled.rollbackTimeout();
        } finally {
            pooled.exit();
        }
    }

    @Override
    public boolean isConnected() {
        return !isOver() && pooled.isConnected();
    }

    @Override
    public boolean isBroken() {
        return isOver() || pooled.isBroken();
    }

    @Override
    public void setBroken() {
        if (!isOver()) {
            pooled.setBroken();
        }
    }

    /** Ends the connection; {@link #close} still has to be called. */
    @Override
    public void disconnect() {
        if (!isOver()) {
            pooled.disconnect();
            pooled.setBroken();
        }
    }

    @Override
    public void forceDisconnect() throws IOException {
        if (!isOver()) {
            pooled.forceDisconnect();
        }
    }

    /** Gives the connection back. Does nothing when the lease is over. */
    @Override
    public void close() {
        if (!isOver()) {
            pooled.giveBack(slot, word);
        }
    }

    @Override
    public String toString() {
        return (isOver() ? "returned " : "leased ") + pooled;
    }
}
