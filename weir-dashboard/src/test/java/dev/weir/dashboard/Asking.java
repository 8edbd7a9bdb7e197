package dev.weir.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Asks a dashboard over HTTP, with or without the token. */
final class Asking {

    static {
        // Before the client's first use: a browser sends these, and the client would not.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Asking(String url) {
        this.url = url;
    }

    HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path.substring(1)))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> withToken(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return ask(method, path, body, "Authorization", "Bearer " + Service.TOKEN);
    }
}
