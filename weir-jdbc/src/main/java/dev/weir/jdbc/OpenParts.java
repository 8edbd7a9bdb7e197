package dev.weir.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The statements (and result sets without one) that a lease has open, so that they can be closed with it.
 *
 * <p>A chain of small blocks: a place is taken by compare-and-set and left by a plain write, so nobody waits and nothing
 * is allocated but for the ninth statement open at once.
 */
final class OpenParts {

    private static final int BLOCK = 8;

    private final AtomicReferenceArray<@Nullable ConnectionPart> places = new AtomicReferenceArray<>(BLOCK);
    private final AtomicReference<@Nullable OpenParts> rest = new AtomicReference<>();

    void add(ConnectionPart part) {
        OpenParts block = this;
        while (!block.place(part)) {
            block = block.following();
        }
    }

    private boolean place(ConnectionPart part) {
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

    void remove(ConnectionPart part) {
        for (OpenParts block = this; block != null; block = block.rest.get()) {
            for (int i = 0; i < BLOCK; i++) {
                if (block.places.getPlain(i) == part) {
                    block.places.setRelease(i, null);
                    return;
                }
            }
        }
    }

    /** Empties the chain and gives its memory back, keeping one block. For whoever has claimed the connection. */
    int drain(Closer closer) throws SQLException {
        int drained = 0;
        for (OpenParts block = this; block != null; block = block.rest.get()) {
            for (int i = 0; i < BLOCK; i++) {
                ConnectionPart part = block.places.getAndSet(i, null);
                if (part != null) {
                    drained++;
                    closer.close(part);
                }
            }
        }
        rest.set(null);
        return drained;
    }

    /** What is done with a part left open. */
    interface Closer {
        void close(ConnectionPart part) throws SQLException;
    }
}
