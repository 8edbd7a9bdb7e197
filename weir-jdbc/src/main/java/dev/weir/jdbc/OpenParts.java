package dev.weir.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The statements (and result sets without one) that a lease has open, so that they can be closed with it.
 *
 * <p>It knows the driver's objects, not the handles: a handle that its borrower lost must be free to be collected, for that is how
 * the loss is noticed.
 *
 * <p>A chain of small blocks: a place is taken by compare-and-set and left by a plain write, so nobody waits and nothing
 * is allocated but for the ninth statement open at once.
 */
final class OpenParts {

    private static final int BLOCK = 8;

    private final AtomicReferenceArray<@Nullable AutoCloseable> places = new AtomicReferenceArray<>(BLOCK);
    private final AtomicReference<@Nullable OpenParts> rest = new AtomicReference<>();

    void add(AutoCloseable part) {
        OpenParts block = this;
        while (!block.place(part)) {
            block = block.following();
        }
    }

    private boolean place(AutoCloseable part) {
        for (int i = 0; i < BLOCK; i++) {
            if (places.getPlain(i) == null && places.compareAndSet(i, null, part)) {
                return true;
            }
        }
        return false;
    }

    private OpenParts following() {
        OpenParts following = rest.get();
        if (following == null) {
            rest.compareAndSet(null, new OpenParts());
            following = rest.get();
        }
        return following == null ? this : following;
    }

    void remove(AutoCloseable part) {
        for (OpenParts block = this; block != null; block = block.rest.get()) {
            for (int i = 0; i < BLOCK; i++) {
                if (block.places.getPlain(i) == part) {
                    block.places.setRelease(i, null);
                    return;
                }
            }
        }
    }

    /** Closes what is open, empties the chain and gives its memory back, keeping one block. For whoever has claimed the connection. */
    int close() throws SQLException {
        int closed = 0;
        for (OpenParts block = this; block != null; block = block.rest.get()) {
            for (int i = 0; i < BLOCK; i++) {
                AutoCloseable part = block.places.getAndSet(i, null);
                if (part != null) {
                    closed++;
                    close(part);
                }
            }
        }
        rest.set(null);
        return closed;
    }

    private static void close(AutoCloseable part) throws SQLException {
        try {
            part.close();
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new SQLException("a statement or result set cannot be closed", impossible);
        }
    }
}
