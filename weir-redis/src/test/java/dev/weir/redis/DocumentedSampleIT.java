package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The sample of docs/redis.md runs, and is what the page shows. */
class DocumentedSampleIT {

    private static final Path ROOT = Path.of("..");

    @Test
    void theSampleWorks() throws IOException {
        String answer;
        try (LocalRedis server = LocalRedis.start()) {
            String url = server.url();
            // tag::sample
            try (WeirJedis cache = WeirRedis.builder()
                    .name("cache")
                    .url(url)
                    .profile(Profile.FRUGAL)
                    .settings(settings -> settings.max(8))
                    .jedis()) {
                RedisClient redis = cache.client();
                redis.set("greeting", "hello");
                answer = redis.get("greeting");
            }
            // end::sample
        }
        assertThat(answer).isEqualTo("hello");
    }

    @Test
    void thePageShowsIt() throws IOException {
        String test = Files.readString(ROOT.resolve("weir-redis/src/test/java/dev/weir/redis/DocumentedSampleIT.java"));
        String sample =
                test.substring(test.indexOf("// tag::sample\n") + 15, test.indexOf("            // end::sample"));
        assertThat(Files.readString(ROOT.resolve("docs/redis.md")))
                .contains(sample.stripTrailing().stripIndent());
    }
}
