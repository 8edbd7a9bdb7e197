package dev.weir.socketio;

import dev.weir.socketio.codec.EnginePacket;
import dev.weir.socketio.codec.MalformedPacketException;

/** What a session receives, from whichever transport, counted and judged; on the loop of the transport's channel. */
final class Inbound {

    private final EngineSession session;
    private final InboundRate rate;

    Inbound(EngineSession session, long now) {
        this.session = session;
        this.rate = new InboundRate(session.server().settings(), now);
    }

    /** A packet. Returns whether the session lives on. */
    boolean onPacket(EnginePacket packet) {
        byte[] binary = packet.binary();
        int bytes = binary == null ? packet.text().length() : binary.length;
        if (!admit(bytes)) {
            return false;
        }
        switch (packet.type()) {
            case MESSAGE -> {
                return binary == null ? onText(packet.text()) : onBinary(binary);
            }
            case PONG -> session.onPong();
            case PING -> {
                // In this revision only the server pings.
                session.close(CloseCause.MALFORMED);
                return false;
            }
            case CLOSE -> session.close(CloseCause.CLIENT);
            default -> {}
        }
        return true;
    }

    /** Counts what came in. Returns whether it is within the limits; if not, the session is closed. */
    boolean admit(int bytes) {
        Counters counters = session.server().counters();
        counters.packetsIn.increment();
        counters.bytesIn.add(bytes);
        if (rate.admits(session.server().now(), bytes)) {
            return session.isOpen();
        }
        session.close(CloseCause.RATE);
        return false;
    }

    private boolean onText(String message) {
        try {
            session.listener().onText(message);
            return true;
        } catch (MalformedPacketException malformed) {
            session.close(CloseCause.MALFORMED);
            return false;
        }
    }

    /** A binary message, which has been {@linkplain #admit admitted}. */
    boolean onBinary(byte[] message) {
        try {
            session.listener().onBinary(message);
            return true;
        } catch (MalformedPacketException malformed) {
            session.close(CloseCause.MALFORMED);
            return false;
        }
    }
}
