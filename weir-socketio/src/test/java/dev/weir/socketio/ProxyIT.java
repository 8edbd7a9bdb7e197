package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Clients that come through a trusted proxy are counted and named as themselves. */
class ProxyIT {

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10};
    private static final int VERSION_2_PROXIED = 0x21;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;

    private static final String REQUEST = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nhost: a\r\n";

    @Test
    void aBinaryProxyHeaderNamesTheClient() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .trustedProxies("127.0.0.0/8", "::1")
                .proxyProtocol(true)
                .allowRequest(handshake -> {
                    seen.add(handshake.address());
                    return true;
                })
                .start()) {
            assertThat(answer(server, header(TCP_OVER_IPV4, "203.0.113.7", "127.0.0.1"), REQUEST))
                    .startsWith("HTTP/1.1 200");
            assertThat(answer(server, header(TCP_OVER_IPV6, "2001:db8::7", "::1"), REQUEST))
                    .startsWith("HTTP/1.1 200");
            assertThat(seen).hasSize(2).startsWith("203.0.113.7");
            assertThat(InetAddress.getByName(seen.get(1))).isEqualTo(InetAddress.getByName("2001:db8::7"));
        }
    }

    @Test
    void clientsOfOneIpv6NetShareItsLimit() throws IOException {
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .trustedProxies("127.0.0.0/8", "::1")
                .maxConnectionsPerAddress(2)
                .start()) {
            assertThat(from(server, "2001:db8:1:2::1")).startsWith("HTTP/1.1 200");
            assertThat(from(server, "2001:db8:1:2:ffff::2")).startsWith("HTTP/1.1 200");
            assertThat(from(server, "2001:db8:1:2:3:4:5:6")).startsWith("HTTP/1.1 429");
            assertThat(from(server, "2001:db8:1:3::1")).as("of another net").startsWith("HTTP/1.1 200");
        }
    }

    private static String from(SocketIoServer server, String client) throws IOException {
        return answer(server, new byte[0], REQUEST + "x-forwarded-for: " + client + "\r\n");
    }

    /** A header of version 2: signature, command, family, length, both addresses, both ports. */
    private static byte[] header(int family, String from, String to) throws IOException {
        ByteArrayOutputStream addresses = new ByteArrayOutputStream();
        addresses.write(InetAddress.getByName(from).getAddress());
        addresses.write(InetAddress.getByName(to).getAddress());
        addresses.write(new byte[] {3, (byte) 232, 7, (byte) 208});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(SIGNATURE);
        header.write(new byte[] {VERSION_2_PROXIED, (byte) family, 0, (byte) addresses.size()});
        header.write(addresses.toByteArray());
        return header.toByteArray();
    }

    private static String answer(SocketIoServer server, byte[] before, String request) throws IOException {
        try (Socket wire = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            wire.getOutputStream().write(before);
            wire.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
            wire.getOutputStream().flush();
            StringBuilder line = new StringBuilder();
            for (int next = wire.getInputStream().read();
                    next >= 0 && next != '\r';
                    next = wire.getInputStream().read()) {
                line.append((char) next);
            }
            return line.toString();
        }
    }
}
