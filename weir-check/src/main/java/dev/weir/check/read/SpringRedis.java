package dev.weir.check.read;

import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Unit;
import dev.weir.check.facts.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The connections of Spring Data Redis, pooled or shared. */
final class SpringRedis {

    private final Subject subject;
    private final SpringKeys keys;
    private final Syntax syntax;
    private final boolean whole;

    SpringRedis(Subject subject, SpringKeys keys, Syntax syntax, boolean whole) {
        this.subject = subject;
        this.keys = keys;
        this.syntax = syntax;
        this.whole = whole;
    }

    void read() {
        String prefix = keys.below("spring.data.redis").isEmpty() ? "spring.redis" : "spring.data.redis";
        Map<String, Entry> all = keys.below(prefix);
        if (all.isEmpty()) {
            return;
        }
        boolean jedis = !keys.below(prefix + ".jedis").isEmpty();
        String group = prefix + (jedis ? ".jedis.pool" : ".lettuce.pool");
        Map<String, Entry> settings = keys.below(group);
        Pool pool = new Pool(
                jedis ? Kind.JEDIS : Kind.LETTUCE,
                "redis",
                syntax,
                group + ".",
                all.values().iterator().next().place());
        PoolReader reader = new PoolReader(subject, keys.placeholders());
        reader.read(pool, settings, Oddity.About.NAME_IGNORED, false);
        access(pool, prefix);
        boolean pooled = !settings.isEmpty()
                && keys.text(group + ".enabled")
                        .map(text -> text.equals("true"))
                        .orElse(true);
        if (whole && pooled) {
            pool.fillStandards();
        }
        subject.add(pool);
    }

    private void access(Pool pool, String prefix) {
        Optional<Entry> url = keys.entry(prefix + ".url");
        if (url.isPresent()) {
            keys.text(prefix + ".url").flatMap(Target::of).ifPresent(target -> {
                pool.connectsTo(target);
                pool.set(
                        Setting.URL,
                        new Value(target.hasPassword() ? 1 : 0, "", url.get().place(), true));
            });
        } else {
            boolean tls = keys.text(prefix + ".ssl.enabled")
                            .or(() -> keys.text(prefix + ".ssl"))
                            .filter("true"::equals)
                            .isPresent()
                    || keys.has(prefix + ".ssl.bundle");
            keys.text(prefix + ".host").ifPresent(host -> pool.connectsTo(SpringFile.redis(host, tls)));
        }
        keys.text(prefix + ".password")
                .filter(text -> !text.startsWith("{cipher}") && !text.startsWith("ENC("))
                .flatMap(text -> keys.entry(prefix + ".password"))
                .ifPresent(entry -> pool.set(Setting.PASSWORD, new Value(1, "", entry.place(), true)));
        Map<String, Entry> timeout = new LinkedHashMap<>();
        keys.entry(prefix + ".timeout").ifPresent(entry -> timeout.put("timeout", entry));
        timeout.values()
                .forEach(entry -> keys.text(prefix + ".timeout")
                        .map(text -> text.matches("\\d{1,15}")
                                ? java.util.OptionalLong.of(Long.parseLong(text))
                                : Unit.duration(text))
                        .filter(java.util.OptionalLong::isPresent)
                        .ifPresent(millis -> pool.set(
                                Setting.COMMAND_TIMEOUT,
                                new Value(millis.getAsLong(), entry.value(), entry.place(), true))));
    }
}
