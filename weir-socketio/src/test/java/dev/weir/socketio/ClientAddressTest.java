package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

    private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "127.0.0.1", "fd00::/8"));

    @Test
    void aStrangerIsNotBelieved() throws UnknownHostException {
        assertThat(client("192.0.2.1", "203.0.113.9")).isEqualTo("192.0.2.1");
    }

    @Test
    void aProxyIsBelievedAboutItsOwnPeerOnly() throws UnknownHostException {
        assertThat(client("10.1.1.1", "203.0.113.9, 198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client("10.1.1.1", "198.51.100.7, 10.2.2.2")).isEqualTo("198.51.100.7");
        assertThat(client("10.1.1.1")).isEqualTo("10.1.1.1");
    }

    @Test
    void nonsenseEndsTheChain() throws UnknownHostException {
        assertThat(client("10.1.1.1", "198.51.100.7, <script>, 10.2.2.2")).isEqualTo("10.2.2.2");
        assertThat(client("127.0.0.1", "")).isEqualTo("127.0.0.1");
    }

    @Test
    void anIpv6ClientIsItsNet() throws UnknownHostException {
        String one = ClientAddress.key(InetAddress.getByName("2001:db8:1:2:3:4:5:6"));
        assertThat(ClientAddress.key(InetAddress.getByName("2001:db8:1:2:ffff::1")))
                .isEqualTo(one);
        assertThat(ClientAddress.key(InetAddress.getByName("2001:db8:1:3::1"))).isNotEqualTo(one);
    }

    @Test
    void whatIsNoNetIsToldSo() {
        assertThatThrownBy(() -> new ClientAddress(List.of("proxy.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy.example");
        assertThatThrownBy(() -> new ClientAddress(List.of("10.0.0.0/99")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String client(String peer, String... forwardedFor) throws UnknownHostException {
        return addresses.of(InetAddress.getByName(peer), List.of(forwardedFor)).getHostAddress();
    }
}
