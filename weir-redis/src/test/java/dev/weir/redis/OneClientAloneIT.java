package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.redis.local.LocalRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each client is optional: with one of them on the class path, the other is not missed. */
class OneClientAloneIT {

    @Test
    void jedisDoesWithoutLettuce() throws Exception {
        assertThat(run(WithJedis.class, "lettuce-core", "netty-", "reactor-core"))
                .contains("PONG");
    }

    @Test
    void lettuceDoesWithoutJedis() throws Exception {
        assertThat(run(WithLettuce.class, "jedis", "commons-pool2")).contains("PONG");
    }

    private static String run(Class<?> program, String... without) throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> Arrays.stream(without)
                        .noneMatch(
                                name -> Path.of(entry).getFileName().toString().startsWith(name)))
                .collect(Collectors.joining(File.pathSeparator));
        try (LocalRedis redis = LocalRedis.start()) {
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            path,
                            program.getName(),
                            redis.url())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(jvm.waitFor()).as(said).isZero();
            return said;
        }
    }

    static final class WithJedis {
        public static void main(String[] arguments) {
            try (WeirJedis pool = WeirRedis.builder().url(arguments[0]).jedis()) {
                System.out.println(pool.client().ping());
            }
        }
    }

    static final class WithLettuce {
        public static void main(String[] arguments) {
            try (WeirLettuce<String, String> pool =
                            WeirRedis.builder().url(arguments[0]).lettuce();
                    StatefulRedisConnection<String, String> connection = pool.getConnection()) {
                System.out.println(connection.sync().ping());
            }
        }
    }
}
