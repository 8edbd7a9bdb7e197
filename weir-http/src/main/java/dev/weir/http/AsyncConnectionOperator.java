package dev.weir.http;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.jspecify.annotations.Nullable;

/** The library's own, whose constructor is for subclasses. */
final class AsyncConnectionOperator extends DefaultAsyncClientConnectionOperator {

    AsyncConnectionOperator(Lookup<TlsStrategy> tls, @Nullable SchemePortResolver ports, @Nullable DnsResolver names) {
        super(tls, ports, names);
    }
}
