package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.redis.local.LocalRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** Connections over TLS, to a Redis whose certificate only those trust who are told to. */
class TlsIT {

    @TempDir
    static Path directory;

    private static SelfSigned certificate;
    private static LocalRedis server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        certificate = SelfSigned.in(directory);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = LocalRedis.builder()
                .set("tls-port", Integer.toString(port))
                .set("tls-cert-file", certificate.certificate().toString())
                .set("tls-key-file", certificate.key().toString())
                .set("tls-ca-cert-file", certificate.certificate().toString())
                .set("tls-auth-clients", "no")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static WeirRedisBuilder builder() {
        return WeirRedis.builder()
                .url("rediss://127.0.0.1:" + port)
                .settings(settings -> settings.min(0).max(2).acquireTimeout(Duration.ofSeconds(10)));
    }

    @Test
    void jedisTrustsWhomItIsToldTo() {
        SslOptions trust = SslOptions.builder()
                .truststore(certificate.store().toFile(), SelfSigned.PASSWORD.toCharArray())
                .trustStoreType("PKCS12")
                .build();
        try (WeirJedis pool = builder().jedis(config -> config.sslOptions(trust))) {
            RedisClient client = pool.client();
            client.set("jedis", "over TLS");
            assertThat(client.get("jedis")).isEqualTo("over TLS");
            assertThat(pool.snapshot().totals().opened()).isEqualTo(1);
        }
    }

    @Test
    void lettuceTrustsWhomItIsToldTo() {
        io.lettuce.core.SslOptions trust = io.lettuce.core.SslOptions.builder()
                .truststore(certificate.store().toFile(), SelfSigned.PASSWORD)
                .build();
        try (WeirLettuce<String, String> pool =
                builder().lettuce(io.lettuce.core.codec.StringCodec.UTF8, options -> options.sslOptions(trust))) {
            try (StatefulRedisConnection<String, String> connection = pool.getConnection()) {
                connection.sync().set("lettuce", "over TLS");
                assertThat(connection.sync().get("lettuce")).isEqualTo("over TLS");
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedAndSaysSo() {
        try (WeirJedis pool = builder().jedis()) {
            assertThatThrownBy(() -> pool.client().get("jedis"))
                    .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
        }
        try (WeirLettuce<String, String> pool = builder().lettuce()) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(io.lettuce.core.RedisException.class)
                    .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
        }
    }
}
