package dev.weir.http;

import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Has each call wait for its permit, which it keeps until its answer's body was read to the end or closed. */
final class OkHttpExchange implements Interceptor {

    /** Okio keeps segments of 8 KiB for reading and writing, and seldom more than one of each. */
    static final ConnectionBytes SIZES = new ConnectionBytes(8192);

    private static final int SWITCHING_PROTOCOLS = 101;

    private final GovernedRequests requests;

    OkHttpExchange(GovernedRequests requests) {
        this.requests = requests;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        HttpUrl url = chain.request().url();
        InFlight flight = requests.begin(new Origin(url.scheme(), url.host(), url.port()), patience(chain));
        flight.begin(chain.call()::cancel);
        boolean open = false;
        try {
            Response response = chain.proceed(chain.request());
            flight.answered(chain.call()::cancel);
            ResponseBody body = response.body();
            open = response.code() != SWITCHING_PROTOCOLS && body != null;
            return open ? response.newBuilder().body(new Body(body, flight)).build() : response;
        } finally {
            if (!open) {
                flight.end();
            }
        }
    }

    /** The call's own timeout runs already, and cancels the call; the wait should not outlast it. */
    private static Duration patience(Chain chain) {
        long nanos = chain.call().timeout().timeoutNanos();
        return nanos == 0 ? Duration.ofDays(365) : Duration.ofNanos(nanos);
    }

    private static final class Body extends ResponseBody {
        private final ResponseBody body;
        private final BufferedSource source;

        Body(ResponseBody body, InFlight flight) {
            this.body = body;
            this.source = Okio.buffer((Source) new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                    long read = super.read(sink, byteCount);
                    if (read < 0) {
                        flight.end();
                    }
                    return read;
                }

                @Override
                public void close() throws IOException {
                    try {
                        super.close();
                    } finally {
                        flight.end();
                    }
                }
            });
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
