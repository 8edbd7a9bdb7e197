package dev.weir.socketio;

import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What a proxy says of its client in the PROXY protocol. */
final class ProxyProtocol {

    private ProxyProtocol() {}

    /** The client's address; the peer's own if the proxy speaks for itself or for no address. */
    static @Nullable InetAddress source(HAProxyMessage message, @Nullable InetAddress peer) {
        String source = message.sourceAddress();
        if (message.command() != HAProxyCommand.PROXY || source == null) {
            return peer;
        }
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(source);
        try {
            return bytes == null ? peer : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            return peer;
        }
    }
}
