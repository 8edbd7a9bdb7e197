package dev.weir.socketio;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A few locks for many things that are rarely changed, so that none of them has to carry its own. */
final class Stripes {

    private static final int COUNT = 64;

    private final ReentrantLock[] locks = new ReentrantLock[COUNT];

    Stripes() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Does something short while no one else does something for the same thing. */
    <R> R once(Object thing, Supplier<R> work) {
        ReentrantLock lock = locks[System.identityHashCode(thing) & (COUNT - 1)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
