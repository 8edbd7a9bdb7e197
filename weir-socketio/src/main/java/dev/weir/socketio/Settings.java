package dev.weir.socketio;

import dev.weir.budget.Account;
import dev.weir.socketio.codec.JsonAdapter;
import dev.weir.socketio.codec.PacketFormat;
import dev.weir.time.Ticker;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server's settings, checked. Times are in nanoseconds. Immutable. */
final class Settings {

    final String name;
    final String host;
    final int port;
    final String path;
    final int maxPayload;
    final int maxAttachments;
    final int maxAttachmentBytes;
    final int maxPacketsPerSecond;
    final long maxBytesPerSecond;
    final int maxQueuedPackets;
    final long maxQueuedBytes;
    final int maxHeaderBytes;
    final int maxConnections;
    final int maxConnectionsPerAddress;
    final int maxTrackedAddresses;
    final int maxHandshakes;
    final int maxNamespaces;
    final int maxRooms;
    final int maxPendingAcks;
    final int backlog;
    final int sendBuffer;
    final int loops;
    final int retryAfterSeconds;
    final int shutdownPace;
    final long pingInterval;
    final long pingTimeout;
    final long upgradeTimeout;
    final long connectTimeout;
    final long requestTimeout;
    final long ackTimeout;
    final long middlewareTimeout;
    final long slowReaderTimeout;
    final boolean deflate;
    final boolean proxyProtocol;
    /** What may wait for a client before packets are dropped, or the client is given the slow reader's time. */
    final long outboundMark;
    /** What may wait for a client at the very most. */
    final long maxOutboundBytes;
    /** What connections and all that waits, for clients and from them, may take together. */
    final long maxServerBytes;

    final Overflow overflow;
    final boolean polling;
    final boolean webSocket;
    final boolean skipMiddlewaresOnRecovery;
    final long recoveryAge;
    final long recoveryBytes;
    final int recoverySessions;
    final @Nullable String cookie;
    final @Nullable Cors cors;
    final @Nullable RequestFilter filter;
    final @Nullable WebHandler pages;
    final @Nullable SslContext tls;
    final List<String> trustedProxies;
    final JsonAdapter json;
    final PacketFormat format;
    final Account account;
    final Ticker ticker;

    Settings(SocketIoServerBuilder builder, Account account, Ticker ticker) {
        SettingsCheck check = new SettingsCheck();
        name = builder.name;
        host = builder.host;
        port = (int) check.range("port", builder.port, 0, 65535L);
        path = check.path(builder.path);
        maxPayload = (int) check.range("maxPayload", builder.maxPayload, 64, 1073741824L);
        maxAttachments = (int) check.range("maxAttachments", builder.maxAttachments, 0, 10000L);
        maxAttachmentBytes = (int) check.range("maxAttachmentBytes", builder.maxAttachmentBytes, 0, 1073741824L);
        maxPacketsPerSecond = (int) check.range("maxPacketsPerSecond", builder.maxPacketsPerSecond, 1, 1000000000L);
        maxBytesPerSecond = check.range("maxBytesPerSecond", builder.maxBytesPerSecond, 1, 1099511627776L);
        maxQueuedPackets = (int) check.range("maxQueuedPackets", builder.maxQueuedPackets, 1, 1000000L);
        maxQueuedBytes = check.range("maxQueuedBytes", builder.maxQueuedBytes, 1, 1099511627776L);
        maxHeaderBytes = (int) check.range("maxHeaderBytes", builder.maxHeaderBytes, 512, 1048576L);
        maxConnections = (int) check.range("maxConnections", builder.maxConnections, 1, 10000000L);
        maxConnectionsPerAddress =
                (int) check.range("maxConnectionsPerAddress", builder.maxConnectionsPerAddress, 0, 10000000L);
        maxTrackedAddresses = (int) check.range("maxTrackedAddresses", builder.maxTrackedAddresses, 1, 10000000L);
        maxHandshakes = (int) check.range("maxHandshakes", builder.maxHandshakes, 1, 10000000L);
        maxNamespaces = (int) check.range("maxNamespaces", builder.maxNamespaces, 1, 100000L);
        maxRooms = (int) check.range("maxRooms", builder.maxRooms, 1, 10000000L);
        maxPendingAcks = (int) check.range("maxPendingAcks", builder.maxPendingAcks, 1, 1000000L);
        backlog = (int) check.range("backlog", builder.backlog, 1, 65535L);
        sendBuffer = (int) check.range("sendBuffer", builder.sendBuffer, 0, 67108864L);
        loops = (int) check.range("loops", builder.loops, 1, 1024L);
        retryAfterSeconds = (int) check.range("retryAfterSeconds", builder.retryAfterSeconds, 0, 86400L);
        shutdownPace = (int) check.range("shutdownPace", builder.shutdownPace, 1, 10000000L);
        pingInterval = check.positive("pingInterval", builder.pingInterval);
        pingTimeout = check.positive("pingTimeout", builder.pingTimeout);
        upgradeTimeout = check.positive("upgradeTimeout", builder.upgradeTimeout);
        connectTimeout = check.positive("connectTimeout", builder.connectTimeout);
        requestTimeout = check.positive("requestTimeout", builder.requestTimeout);
        ackTimeout = check.positive("ackTimeout", builder.ackTimeout);
        middlewareTimeout = check.positive("middlewareTimeout", builder.middlewareTimeout);
        slowReaderTimeout = check.positive("slowReaderTimeout", builder.slowReaderTimeout);
        deflate = builder.deflate;
        proxyProtocol = builder.proxyProtocol;
        outboundMark = check.range("maxOutboundBytes", builder.maxOutboundBytes, 1024, Long.MAX_VALUE / 8);
        maxOutboundBytes = outboundMark * SocketIoServerBuilder.BURST;
        maxServerBytes = builder.maxServerBytes;
        overflow = builder.overflow;
        polling = builder.polling;
        webSocket = builder.webSocket;
        check.that(polling || webSocket, "transports are both off: leave polling or WebSocket on");
        check.that(overflow != Overflow.KEEP_LATEST, "overflow KEEP_LATEST needs a key and is chosen per event");
        skipMiddlewaresOnRecovery = builder.skipMiddlewaresOnRecovery;
        recoveryAge = builder.recoveryAge.toNanos();
        recoveryBytes = check.range("recovery bytes", builder.recoveryBytes, 0, Long.MAX_VALUE / 8);
        recoverySessions = (int) check.range("recovery sessions", builder.recoverySessions, 1, 10_000_000);
        cookie = builder.cookie;
        check.that(
                cookie == null || cookie.matches("[A-Za-z0-9_.-]{1,64}"),
                "cookie is not a name of letters, digits, _ . -");
        cors = builder.cors;
        filter = builder.filter;
        pages = builder.pages;
        tls = builder.tls;
        trustedProxies = List.copyOf(builder.trustedProxies);
        check.that(
                !proxyProtocol || !trustedProxies.isEmpty(), "proxyProtocol is on but no proxy is trusted: name them");
        json = builder.json;
        format = builder.msgpack ? PacketFormat.msgpack(json) : PacketFormat.text(json);
        this.account = account;
        this.ticker = ticker;
        check.done();
    }

    boolean recovers() {
        return recoveryAge > 0;
    }

    /** What a session's client is told first: its id, and the settings that are the client's to know. */
    String openPacket(String sid, boolean mayUpgrade) {
        return "0{\"sid\":\"" + sid + "\",\"upgrades\":" + (mayUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + TimeUnit.NANOSECONDS.toMillis(pingInterval) + ",\"pingTimeout\":"
                + TimeUnit.NANOSECONDS.toMillis(pingTimeout) + ",\"maxPayload\":" + maxPayload + "}";
    }
}
