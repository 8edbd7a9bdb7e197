package dev.weir.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.server.load.Meaning;
import dev.weir.server.load.Work;
import dev.weir.server.load.WrongAnswerException;
import java.io.IOException;
import java.net.URI;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** A user who asks an {@link AccountEndpoint} for one account after the other. Used by one thread. */
public final class AccountWork implements Work {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 1_000;

    private final HttpClient client;
    private final URI endpoint;
    private final RandomGenerator random;

    /** A user of that client. */
    public AccountWork(HttpClient client, URI endpoint, RandomGenerator random) {
        this.client = client;
        this.endpoint = endpoint;
        this.random = random;
    }

    @Override
    public void next() throws IOException, WrongAnswerException {
        int account = random.nextInt(Account.COUNT);
        String tag = Long.toHexString(random.nextLong());
        String answer = client.execute(
                new HttpGet(endpoint.resolve("/accounts/" + account + "?tag=" + tag)), AccountWork::read);
        if (!Account.of(account, tag).equals(parsed(answer))) {
            throw new WrongAnswerException("GET was answered with another account than was asked for");
        }
    }

    private static String read(ClassicHttpResponse response) throws IOException, HttpException {
        String body = EntityUtils.toString(response.getEntity(), LONGEST_ANSWER);
        if (response.getCode() != 200) {
            throw new HttpException("GET was answered with the status " + response.getCode());
        }
        return body;
    }

    private static Account parsed(String answer) throws WrongAnswerException {
        try {
            return JSON.readValue(answer, Account.class);
        } catch (JsonProcessingException garbled) {
            throw new WrongAnswerException("GET was answered with something that is no account");
        }
    }

    /** The library says by an exception of its own, without a cause, that there was no connection in time. */
    @Override
    public Meaning meaning(Throwable failure) {
        return failure instanceof ConnectionRequestTimeoutException ? Meaning.TIMED_OUT : Meaning.of(failure);
    }
}
