package dev.weir.socketio;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait for one client, bounded in bytes. Holds nothing while empty. Guarded by the session's lock.
 */
final class OutboundQueue {

    /** What became of a packet. */
    enum Outcome {
        /** It waits. */
        QUEUED,
        /** It waits in the place of an older one with the same key. */
        REPLACED,
        /** It waits, and older ones are gone for it. */
        DROPPED_OLDER,
        /** It is dropped. */
        DROPPED,
        /** There is no room and nothing may be dropped: the client must go. */
        FULL
    }

    private static final class Entry {
        Outgoing packet;

        @Nullable Entry next;

        Entry(Outgoing packet) {
            this.packet = packet;
        }
    }

    private @Nullable Entry head;
    private @Nullable Entry tail;
    private @Nullable Map<String, Entry> byKey;
    private long bytes;
    private int dropped;
    private int undroppable;
    private @Nullable Entry pinging;

    /** Takes a reference of its own to a packet that it keeps. */
    Outcome offer(Outgoing packet, long maxBytes) {
        String key = packet.delivery.key();
        if (key != null && byKey != null) {
            Entry waiting = byKey.get(key);
            if (waiting != null) {
                bytes += packet.size() - waiting.packet.size();
                waiting.packet.release();
                waiting.packet = packet.retain();
                return Outcome.REPLACED;
            }
        }
        Outcome outcome = Outcome.QUEUED;
        if (bytes + packet.size() > maxBytes) {
            outcome = makeRoom(packet, maxBytes);
        }
        if (outcome == Outcome.QUEUED || outcome == Outcome.DROPPED_OLDER) {
            append(packet.retain());
        }
        return outcome;
    }

    private Outcome makeRoom(Outgoing packet, long maxBytes) {
        switch (packet.delivery.overflow()) {
            case CLOSE -> {
                return Outcome.FULL;
            }
            case DROP_NEWEST -> {
                return Outcome.DROPPED;
            }
            default -> {
                dropOldest(maxBytes - packet.size());
                return bytes + packet.size() > maxBytes ? Outcome.DROPPED : Outcome.DROPPED_OLDER;
            }
        }
    }

    private void dropOldest(long until) {
        Entry before = null;
        Entry at = head;
        while (at != null && bytes > until) {
            Entry next = at.next;
            if (at.packet.delivery.droppable()) {
                unlink(before, at);
                at.packet.release();
                dropped++;
            } else {
                before = at;
            }
            at = next;
        }
    }

    private void append(Outgoing packet) {
        Entry entry = new Entry(packet);
        if (tail == null) {
            head = entry;
        } else {
            tail.next = entry;
        }
        tail = entry;
        count(entry);
    }

    /** Ahead of all others, that it be seen in time; not if one waits already. */
    void ping(Outgoing ping) {
        if (pinging != null) {
            return;
        }
        Entry entry = new Entry(ping.retain());
        entry.next = head;
        head = entry;
        if (tail == null) {
            tail = entry;
        }
        bytes += ping.size();
        pinging = entry;
    }

    private void count(Entry entry) {
        bytes += entry.packet.size();
        undroppable += entry.packet.delivery.droppable() ? 0 : 1;
        String key = entry.packet.delivery.key();
        if (key != null) {
            if (byKey == null) {
                byKey = new HashMap<>(4);
            }
            byKey.put(key, entry);
        }
    }

    /** The next packet, with the queue's reference to it. */
    @Nullable Outgoing poll() {
        Entry first = head;
        if (first == null) {
            return null;
        }
        unlink(null, first);
        return first.packet;
    }

    private void unlink(@Nullable Entry before, Entry entry) {
        if (before == null) {
            head = entry.next;
        } else {
            before.next = entry.next;
        }
        if (entry.next == null) {
            tail = before;
        }
        bytes -= entry.packet.size();
        if (entry == pinging) {
            pinging = null;
        } else {
            undroppable -= entry.packet.delivery.droppable() ? 0 : 1;
        }
        String key = entry.packet.delivery.key();
        if (key != null && byKey != null) {
            byKey.remove(key, entry);
            if (byKey.isEmpty()) {
                byKey = null;
            }
        }
    }

    void clear() {
        for (Outgoing packet = poll(); packet != null; packet = poll()) {
            packet.release();
        }
    }

    boolean isEmpty() {
        return head == null;
    }

    /** Whether something waits, a ping aside, that must not be dropped. */
    boolean holdsUndroppable() {
        return undroppable > 0;
    }

    long bytes() {
        return bytes;
    }

    /** How many were dropped to make room since this was last asked. */
    int takeDropped() {
        int count = dropped;
        dropped = 0;
        return count;
    }
}
