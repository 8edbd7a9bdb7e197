package dev.weir.socketio;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a client is, as far as trusted proxies tell. Immutable. */
final class ClientAddress {

    private final List<IpSubnetFilterRule> trusted = new ArrayList<>();

    /**
     * Nets or single addresses of the proxies that are believed.
     *
     * @throws IllegalArgumentException if one is not an address or a net in CIDR notation
     */
    ClientAddress(List<String> proxies) {
        for (String proxy : proxies) {
            trusted.add(rule(proxy));
        }
    }

    private static IpSubnetFilterRule rule(String proxy) {
        int slash = proxy.indexOf('/');
        String address = slash < 0 ? proxy : proxy.substring(0, slash);
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            throw new IllegalArgumentException("trusted proxy \"" + proxy
                    + "\" is not an address: use one like 10.0.0.7 or a net like 10.0.0.0/8");
        }
        try {
            int prefix = slash < 0 ? bytes.length * 8 : Integer.parseInt(proxy.substring(slash + 1));
            return new IpSubnetFilterRule(InetAddress.getByAddress(bytes), prefix, IpFilterRuleType.ACCEPT);
        } catch (UnknownHostException | IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "trusted proxy \"" + proxy + "\" is not a net: use one like 10.0.0.0/8 or fd00::/8", bad);
        }
    }

    boolean isTrusted(@Nullable SocketAddress peer) {
        return peer instanceof InetSocketAddress address && isTrusted(address.getAddress());
    }

    private boolean isTrusted(InetAddress address) {
        for (IpSubnetFilterRule rule : trusted) {
            if (rule.matches(new InetSocketAddress(address, 1))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client's address: the peer's; behind a trusted proxy the last entry of {@code X-Forwarded-For} that is not
     * itself a trusted proxy. What stands before it was written by whoever it names and proves nothing.
     */
    InetAddress of(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = peer;
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return client;
        }
        for (int header = forwardedFor.size() - 1; header >= 0; header--) {
            String[] hops = forwardedFor.get(header).split(",", -1);
            for (int i = hops.length - 1; i >= 0; i--) {
                InetAddress hop = parse(hops[i].strip());
                if (hop == null) {
                    return client;
                }
                client = hop;
                if (!isTrusted(hop)) {
                    return client;
                }
            }
        }
        return client;
    }

    private static @Nullable InetAddress parse(String text) {
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }

    /** What connections are counted by: an IPv4 address, or the /64 that an IPv6 client chooses its addresses from. */
    static String key(InetAddress address) {
        if (address instanceof Inet6Address v6) {
            byte[] bytes = v6.getAddress();
            StringBuilder key = new StringBuilder("v6:");
            for (int i = 0; i < 8; i++) {
                key.append(Character.forDigit((bytes[i] >> 4) & 15, 16)).append(Character.forDigit(bytes[i] & 15, 16));
            }
            return key.toString();
        }
        return address.getHostAddress();
    }
}
