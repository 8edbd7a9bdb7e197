package dev.weir.check.read;

import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Value;
import java.util.Optional;

/** What a Spring Boot application says beside its pools, where that bears on them. */
final class SpringSurroundings {

    private static final String HIBERNATE = "spring.jpa.properties.hibernate.";
    private static final String WEBSOCKET = "server.servlet.contextparameters.org.apache.tomcat.websocket.";
    private static final long TOMCAT_CONNECTIONS = 8192;

    private final Subject subject;
    private final SpringKeys keys;

    SpringSurroundings(Subject subject, SpringKeys keys) {
        this.subject = subject;
        this.keys = keys;
    }

    void read() {
        flag(Fact.VIRTUAL_THREADS, "spring.threads.virtual.enabled");
        jpa();
        number(Fact.JDBC_BATCH, HIBERNATE + "jdbc.batchsize");
        number(Fact.PLAN_CACHE, HIBERNATE + "query.plancachemaxsize");
        flag(Fact.PROVIDER_DISABLES_AUTOCOMMIT, HIBERNATE + "connection.providerdisablesautocommit");
        webSockets();
        druid();
    }

    private void jpa() {
        Optional<Entry> any = keys.below("spring.jpa").values().stream().findFirst();
        any.ifPresent(entry -> subject.add(Fact.JPA, SpringFile.flag(true, entry.place(), true)));
        if (keys.has("spring.jpa.openinview")) {
            flag(Fact.OPEN_IN_VIEW, "spring.jpa.openinview");
        } else if (any.isPresent() && !keys.below("server").isEmpty() && !keys.has("spring.main.webapplicationtype")) {
            Place place = any.get().place().withKey("spring.jpa.open-in-view");
            subject.add(Fact.OPEN_IN_VIEW, SpringFile.flag(true, place, false));
        }
    }

    private void webSockets() {
        for (String buffer : new String[] {"textbuffersize", "binarybuffersize"}) {
            number(Fact.TOMCAT_WEBSOCKET_BUFFER, WEBSOCKET + buffer);
        }
        if (subject.fact(Fact.TOMCAT_WEBSOCKET_BUFFER).isPresent()) {
            Place place =
                    subject.fact(Fact.TOMCAT_WEBSOCKET_BUFFER).get().place().withKey("server.tomcat.max-connections");
            subject.add(
                    Fact.WEBSOCKET_CLIENTS,
                    new Value(TOMCAT_CONNECTIONS, Long.toString(TOMCAT_CONNECTIONS), place, false));
            number(Fact.WEBSOCKET_CLIENTS, "server.tomcat.maxconnections");
        }
    }

    /** Druid counts each text of SQL for itself, unless it is told to merge those that differ in their literals only. */
    private void druid() {
        String druid = "spring.datasource.druid.";
        boolean stat = keys.text(druid + "filters")
                        .filter(text -> text.matches("(.*,)?\\s*stat\\s*(,.*)?"))
                        .isPresent()
                || keys.text(druid + "filter.stat.enabled")
                        .filter("true"::equals)
                        .isPresent();
        boolean merged =
                keys.text(druid + "filter.stat.mergesql").filter("true"::equals).isPresent()
                        || keys.text(druid + "connectionproperties")
                                .filter(text -> text.contains("druid.stat.mergeSql=true"))
                                .isPresent()
                        || keys.text(druid + "filters")
                                .filter(text -> text.contains("mergeStat"))
                                .isPresent();
        if (stat) {
            keys.entry(druid + "filters")
                    .or(() -> keys.entry(druid + "filter.stat.enabled"))
                    .ifPresent(
                            entry -> subject.add(Fact.SQL_STATISTICS, SpringFile.flag(!merged, entry.place(), true)));
        }
    }

    private void flag(Fact fact, String key) {
        keys.text(key)
                .filter(text -> text.matches("true|false"))
                .ifPresent(text -> keys.entry(key)
                        .ifPresent(
                                entry -> subject.add(fact, SpringFile.flag(text.equals("true"), entry.place(), true))));
    }

    private void number(Fact fact, String key) {
        keys.text(key)
                .filter(text -> text.matches("\\d{1,15}"))
                .ifPresent(text -> keys.entry(key)
                        .ifPresent(entry -> subject.add(fact, Value.of(Long.parseLong(text), entry.place()))));
    }
}
