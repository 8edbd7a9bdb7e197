package dev.weir.socketio;

import java.util.Map;

/**
 * A server at one moment; counts are since it started.
 *
 * @param sessions connections now, those that are being closed among them
 * @param polling sessions among them that are not on WebSocket
 * @param channels connections of TCP now
 * @param trackedAddresses addresses that are counted each by itself
 * @param queuedBytes bytes that wait for clients, each client's share counted for itself
 * @param memoryBytes bytes that the server holds for its clients, what is shared counted once
 * @param inboundBytes bytes among them that clients have sent and nobody has handled
 * @param grantedBytes bytes of the memory budget that are granted to the server
 * @param bufferBytes bytes of network buffers in use
 * @param reservedBytes bytes that the buffers' allocator has reserved
 * @param opened sessions opened
 * @param packetsIn packets received
 * @param bytesIn bytes received in them
 * @param packetsOut packets sent, each client's counted
 * @param bytesOut bytes sent
 * @param dropped packets dropped because a client's queue was full
 * @param replaced packets replaced by a later one with the same key
 * @param volatileDropped volatile packets dropped
 * @param unpaid packets not sent because the memory budget had no room
 * @param handlerFailures exceptions of handlers
 * @param ackTimeouts answers that did not come in time
 * @param middlewareTimeouts middlewares that did not decide in time
 * @param recovered sockets that found their state again
 * @param closes sessions closed, by cause
 * @param refusals requests and connections refused, by reason
 */
public record ServerStatistics(
        int sessions,
        int polling,
        int channels,
        int trackedAddresses,
        long queuedBytes,
        long memoryBytes,
        long inboundBytes,
        long grantedBytes,
        long bufferBytes,
        long reservedBytes,
        long opened,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut,
        long dropped,
        long replaced,
        long volatileDropped,
        long unpaid,
        long handlerFailures,
        long ackTimeouts,
        long middlewareTimeouts,
        long recovered,
        Map<CloseCause, Long> closes,
        Map<Refusal, Long> refusals) {

    /** Copies the maps. */
    public ServerStatistics {
        closes = Map.copyOf(closes);
        refusals = Map.copyOf(refusals);
    }
}
