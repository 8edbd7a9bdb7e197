package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is shown of a statement holds none of its literals. */
class StatementTextTest {

    private static String postgres(String sql) {
        return StatementText.of(sql, Dialect.POSTGRESQL);
    }

    private static String mysql(String sql) {
        return StatementText.of(sql, Dialect.MYSQL);
    }

    private static String other(String sql) {
        return StatementText.of(sql, Dialect.OTHER);
    }

    @Test
    void literalsBecomeMarks() {
        assertThat(postgres("SELECT *  FROM orders\n WHERE id = 42 AND t.name='it''s' -- secret\n and x > -1.5e10"))
                .isEqualTo("select * from orders where id = ? and t.name=? and x > -?");
        assertThat(postgres(
                        "select E'it\\'s', $$secret$$, $a$se$$cret$a$, X'1F', 0xFF, .5, 1_000 from \"Big Table\" b1"))
                .isEqualTo("select ?, … from \"Big Table\" b1");
        assertThat(postgres("select $1::int + $2, a[3] from t /* secret /* nested */ secret */ limit 7"))
                .isEqualTo("select ?::int + ?, a[?] from t limit ?");
        assertThat(mysql("select \"secret\", 0xAB, 1.25 from `my table` # secret\n where a1 = _utf8'secret'"))
                .isEqualTo("select ?, … from `my table` where a1 = _utf8?");
    }

    @Test
    void listsAndRowsOfAnyLengthAreTheSame() {
        assertThat(postgres("select 1 from t where id in (1, 2, 3)"))
                .isEqualTo(postgres("select 2 from t where id in (4,5)"))
                .isEqualTo("select ? from t where id in (?, …)");
        assertThat(postgres("insert into t values (1, 'a'), (2, 'b'), (3, 'c')"))
                .isEqualTo("insert into t values (?, …), …");
        assertThat(postgres("insert into t values (?), (?), (?)")).isEqualTo("insert into t values (?), …");
    }

    @Test
    void whatCanBeReadInTwoWaysEndsTheText() {
        // Whether a backslash escapes is a setting of the session.
        assertThat(postgres("select 'a\\' , b' from t where s = ' secret'")).isEqualTo("select ? …");
        assertThat(mysql("select 'a\\' , 'secret'")).isEqualTo("select ? …");
        assertThat(postgres("select 'never closed secret")).isEqualTo("select ? …");
        assertThat(postgres("select \"never closed secret")).isEqualTo("select ? …");
        assertThat(other("select q'[it's secret]' from t")).isEqualTo("select q? …");
        assertThat(other("select [it's] from t where s = 'secret'")).isEqualTo("select [ …");
        assertThat(other("select * from t where s = \"secret\"")).isEqualTo("select * from t where s = ?");
        assertThat(other("alter user app identified by secret")).isEqualTo("alter user app identified …");
    }

    @Test
    void longTextsAreCut() {
        String columns = "column_name, ".repeat(500);
        assertThat(postgres("select " + columns + " x from t").length()).isLessThanOrEqualTo(StatementText.LONGEST + 2);
        assertThat(postgres("select 1 from t where id in (" + "1,".repeat(100_000) + "1) and s = 'secret'"))
                .isEqualTo("select ? from t where id in (?, … …");
        assertThat(postgres("")).isEmpty();
    }

    @Test
    void noSecretComesThroughWhateverStandsAroundIt() {
        String[] pieces = {
            "select ",
            " from t ",
            "'",
            "''",
            "\\",
            "$$",
            "$a$",
            "/*",
            "*/",
            "--",
            "\n",
            "#",
            "e",
            "q'[",
            "]'",
            "(",
            ")",
            ",",
            "?",
            "1",
            "/*!",
            ";"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder sql = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                sql.append(pieces[random.nextInt(pieces.length)]);
            }
            for (Dialect dialect : Dialect.values()) {
                // A number is a literal, or part of one, wherever it stands: but in a quoted name, of which there are
                // none here.
                assertThat(StatementText.of(sql + " 7736251 " + sql, dialect)).doesNotContain("7736251");
            }
        }
    }
}
