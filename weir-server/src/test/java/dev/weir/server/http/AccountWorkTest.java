package dev.weir.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.weir.server.load.Meaning;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountWorkTest {

    private final CloseableHttpClient client = HttpClients.createDefault();

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    private AccountWork work(URI endpoint) {
        return new AccountWork(client, endpoint, new SplittableRandom(1));
    }

    /** What a user makes of a server that answers so whatever is asked. */
    private Meaning meaningOf(int status, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            AccountWork work =
                    work(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            return work.meaning(catchThrowable(work::next));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theEndpointAnswersWhatItWasAsked() throws IOException {
        try (AccountEndpoint endpoint = AccountEndpoint.start(5)) {
            AccountWork work = work(endpoint.uri());
            for (int i = 0; i < 100; i++) {
                assertThatCode(work::next).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void theEndpointSaysWhatItCanBeAsked() throws IOException {
        try (AccountEndpoint endpoint = AccountEndpoint.start(5)) {
            for (String question : new String[] {"/", "/accounts/1", "/accounts/x?tag=1", "/accounts/1?tag=%22"}) {
                assertThat(status(new HttpGet(endpoint.uri().resolve(question))))
                        .as(question)
                        .isEqualTo(404);
            }
            assertThat(status(new HttpPost(endpoint.uri().resolve("/accounts/1?tag=1"))))
                    .isEqualTo(404);
        }
    }

    private int status(ClassicHttpRequest question) throws IOException {
        return client.execute(question, answer -> answer.getCode());
    }

    @Test
    void somebodyElsesAccountIsAWrongAnswer() throws IOException {
        assertThat(meaningOf(200, "{\"account\":1,\"balance\":2,\"tag\":\"3\"}"))
                .isEqualTo(Meaning.WRONG);
    }

    @Test
    void whatIsNoAccountIsAWrongAnswer() throws IOException {
        assertThat(meaningOf(200, "<html>hello</html>")).isEqualTo(Meaning.WRONG);
    }

    @Test
    void anyOtherStatusIsAnError() throws IOException {
        assertThat(meaningOf(503, "{}")).isEqualTo(Meaning.ERROR);
    }

    @Test
    void aWaitForAConnectionThatWasInVainIsATimeOut() {
        assertThat(work(URI.create("http://127.0.0.1:1")).meaning(new ConnectionRequestTimeoutException("none")))
                .isEqualTo(Meaning.TIMED_OUT);
    }
}
