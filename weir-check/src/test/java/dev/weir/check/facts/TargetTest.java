package dev.weir.check.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db.example:5432/d?ssl=true | POSTGRESQL | db.example:5432 | false",
                "jdbc:postgresql:d | POSTGRESQL | '' | true",
                "jdbc:postgresql://localhost,127.0.0.1:5433/d | POSTGRESQL | localhost,127.0.0.1:5433 | true",
                "jdbc:postgresql://[::1]:5432/d | POSTGRESQL | [::1]:5432 | true",
                "jdbc:postgresql://[2001:db8::1]/d | POSTGRESQL | [2001:db8::1] | false",
                "jdbc:mysql:loadbalance://a,b/d | MYSQL | a,b | false",
                "jdbc:mariadb://h/d | MARIADB | h | false",
                "jdbc:sqlserver://h:1433;databaseName=d;encrypt=false | SQLSERVER | h:1433 | false",
                "jdbc:oracle:thin:@//h:1521/s | ORACLE | h:1521 | false",
                "jdbc:h2:mem:a | H2 | '' | true",
                "redis://h:6379/0 | REDIS | h:6379 | false",
            })
    void urlsAreRead(String url, Product product, String hosts, boolean loopback) {
        assertThat(Target.of(url)).hasValueSatisfying(target -> {
            assertThat(target.product()).isEqualTo(product);
            assertThat(target.hosts()).isEqualTo(hosts);
            assertThat(target.isLoopback()).isEqualTo(loopback);
            assertThat(target.hasPassword()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/d?user=a&password=hunter2",
                "jdbc:postgresql://h/d?sslpassword=hunter2&ssl=true",
                "jdbc:mysql://app:hunter2@h:3306/d",
                "jdbc:mysql://app:x@h1,app:hunter2@h2/d",
                "jdbc:mysql://app:a@hunter2@h/d",
                "jdbc:mysql://app:a/hunter2@h/d",
                "jdbc:oracle:thin:scott/hunter2@//h:1521/s",
                "jdbc:oracle:thin:scott/hunter2@h:1521:s",
                "jdbc:sqlserver://h;user=a;password=hunter2",
                "redis://:hunter2@h:6379/0",
                "rediss://app:hunter2@h"
            })
    void ofAPasswordNothingIsKept(String url) {
        assertThat(Target.of(url)).hasValueSatisfying(target -> {
            assertThat(target.hasPassword()).isTrue();
            assertThat(target.toString()).doesNotContain("hunter2");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://address=(host=h)(password=hunter2)/d",
                "jdbc:mysql://app:hunter2/d",
                "jdbc:mysql://app:hun?hunter2@h"
            })
    void whatIsNoHostIsNotShown(String url) {
        assertThat(Target.of(url))
                .hasValueSatisfying(target -> assertThat(target.hosts()).doesNotContain("hun"));
    }

    @Test
    void whatIsToldTheDriverBesideGoesBehindTheUrl() {
        Target target = Target.of("jdbc:postgresql://h/d?socketTimeout=5").orElseThrow();
        assertThat(target.with(java.util.Map.of("socketTimeout", "9", "ssl", "true"))
                        .parameters())
                .containsEntry("socketTimeout", "5")
                .containsEntry("ssl", "true");
    }
}
