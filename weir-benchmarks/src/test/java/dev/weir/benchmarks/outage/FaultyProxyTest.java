package dev.weir.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network fails as it is told to, before a server that sends back what it gets. */
class FaultyProxyTest {

    private ServerSocket server;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread echo = new Thread(this::echo);
        echo.setDaemon(true);
        echo.start();
        proxy = FaultyProxy.to(server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesOnWhileNothingFails() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client)).isEqualTo(7);
        }
    }

    @Test
    void resetsWhatIsOpenAndTakesNewOnes() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client)).isEqualTo(7);
            proxy.reset();
            assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketException.class);
        }
        try (Socket next = connect()) {
            assertThat(answer(next)).isEqualTo(7);
        }
    }

    @Test
    void forgetsWithoutAWord() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client)).isEqualTo(7);
            proxy.forget();
            assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);
        }
        try (Socket next = connect()) {
            assertThat(answer(next)).isEqualTo(7);
        }
    }

    @Test
    void swallowsNewOnesUntilTold() throws IOException {
        proxy.swallow(true);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);
            proxy.swallow(false);
            assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);
        }
        try (Socket next = connect()) {
            assertThat(answer(next)).isEqualTo(7);
        }
    }

    @Test
    void answersLate() throws IOException {
        proxy.late(5_000);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(1_000);
        return socket;
    }

    private static int answer(Socket client) throws IOException {
        client.getOutputStream().write(7);
        client.getOutputStream().flush();
        int answer = client.getInputStream().read();
        if (answer < 0) {
            throw new SocketException("the end");
        }
        return answer;
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread each = new Thread(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException broken) {
                        assertThat(broken).isNotNull();
                    }
                });
                each.setDaemon(true);
                each.start();
            } catch (IOException closed) {
                return;
            }
        }
    }
}
