package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementScannerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT * FROM lock_types WHERE a_config = ? AND temperature > 3",
                "insert into temp values (1)",
                "update t set x = 'SET ROLE admin; LISTEN c'",
                "select ';' from t; ",
                "delete from t where note = '/* ; SET x = 1'",
                "select \"set_config\" from t",
                "select 'pg_advisory_lock(1)'",
                "select $$ ; set role x; $$",
                "select $tag$ ; listen c $$ $tag$ -- ; set x = 1",
                "/* set x = 1; */ select /* /* nested ; */ listen */ 1",
                "select pg_advisory_xact_lock(1), pg_try_advisory_xact_lock(2)",
                "select set_config('work_mem', '1MB', true)",
                "set local work_mem = '1MB'",
                "set transaction isolation level serializable",
                "set constraints all deferred",
                "commit",
                "rollback",
                "prepare transaction 'x'",
                "declare c cursor without hold for select 1",
                "lock table t in exclusive mode",
                "do $$ begin perform pg_advisory_lock(1); end $$",
                "create table t (a int)",
                "create function f() returns int language sql begin atomic; set role x; end",
                "select $1, $2",
                "",
                ";;"
            })
    void leavesNothingBehindOnPostgres(String sql) {
        assertThat(StatementScanner.scan(sql, Dialect.POSTGRESQL).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "set role admin | ROLE |",
                "SET SESSION AUTHORIZATION bob | ROLE |",
                "set session session authorization bob | ROLE |",
                "set search_path to a, b | PARAMETER | search_path",
                "SET SESSION Work_Mem = '1MB' | PARAMETER | work_mem",
                "set time zone 'UTC' | PARAMETER | timezone",
                "set names 'utf8' | PARAMETER | client_encoding",
                "set schema 'x' | PARAMETER | search_path",
                "set my.tenant = '7' | PARAMETER | my.tenant",
                "set \"odd name\" = 1 | PARAMETER | *",
                "reset all | PARAMETER | *",
                "discard all | PARAMETER | *",
                "select set_config('my.x', ?, false) | PARAMETER | my.x",
                "select SET_CONFIG('my.x', coalesce(a, 'b'), false), 1 from t | PARAMETER | my.x",
                "select set_config(?, ?, false) | PARAMETER | *",
                "select set_config(concat('a', 'b'), 'c', false) | PARAMETER | *",
                "select pg_catalog.set_config('x', 'y', false) | PARAMETER | x",
                "create temp table t (a int) | TEMPORARY_OBJECT |",
                "create or replace temporary view v as select 1 | TEMPORARY_OBJECT |",
                "create table pg_temp.t (a int) | TEMPORARY_OBJECT |",
                "select * into temp x from t | TEMPORARY_OBJECT |",
                "with a as (select 1) select * into\ttemporary x from a | TEMPORARY_OBJECT |",
                "listen news | LISTEN |",
                "select pg_advisory_lock(7) | ADVISORY_LOCK |",
                "select 1 where pg_try_advisory_lock_shared ( 7 ) | ADVISORY_LOCK |",
                "{ call pg_advisory_lock(?) } | ADVISORY_LOCK |",
                "prepare p as select 1 | PREPARED | \"p\"",
                "declare c scroll cursor with hold for select 1 | CURSOR |",
                "begin | TRANSACTION |",
                "BEGIN ISOLATION LEVEL SERIALIZABLE | TRANSACTION |",
                "start transaction read only | TRANSACTION |",
                "load 'auto_explain' | UNKNOWN |",
                "select 1; listen news | LISTEN |",
                "select ';'; select 2 ;set role x | ROLE |",
            })
    void isNoticedOnPostgres(String sql, SessionEffect effect, String name) {
        SessionChanges expected = name == null ? SessionChanges.of(effect) : SessionChanges.of(effect, name);
        assertThat(StatementScanner.scan(sql, Dialect.POSTGRESQL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "set @x = 1 | USER_VARIABLE | x",
                "select @x := a from t | USER_VARIABLE | x",
                "select a into @x from t | USER_VARIABLE | x",
                "set sql_mode = '' | PARAMETER | sql_mode",
                "set session wait_timeout = 5 | PARAMETER | wait_timeout",
                "set @@session.wait_timeout := 5 | PARAMETER | wait_timeout",
                "set global x = 1, @y = 2 | USER_VARIABLE | y",
                "set @a.b$c = 1 | USER_VARIABLE | a.b$c",
                "set @`a b` = 1 | USER_VARIABLE | a b",
                "set @'it''s' = 1 | UNKNOWN |",
                "set session transaction read only | PARAMETER | transaction",
                "set transaction read only | TRANSACTION |",
                "set resource group batch | UNKNOWN |",
                "set statement max_statement_time=1 for create temporary table t (a int) | TEMPORARY_OBJECT | `t`",
                "create temporary table 1a (x int) | TEMPORARY_OBJECT | `1a`",
                "alter table t rename to `u` | TEMPORARY_OBJECT | `u`",
                "rename table t to shop.u | TEMPORARY_OBJECT | `shop`.`u`",
                "execute immediate 'set sql_mode = 1' | UNKNOWN |",
                "set role admin | ROLE |",
                "use shop | CATALOG |",
                "create temporary table if not exists `a``b`.t (x int) | TEMPORARY_OBJECT | `a``b`.`t`",
                "select get_lock('it\\'s', 1) | ADVISORY_LOCK |",
                "prepare p from 'select 1' | PREPARED | `p`",
                "lock tables t write | TABLE_LOCK |",
                "flush tables with read lock | TABLE_LOCK |",
                "begin | TRANSACTION |",
                "/*! set @x = 1 */ | USER_VARIABLE | x",
            })
    void isNoticedOnMysql(String sql, SessionEffect effect, String name) {
        SessionChanges expected = name == null ? SessionChanges.of(effect) : SessionChanges.of(effect, name);
        assertThat(StatementScanner.scan(sql, Dialect.MYSQL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set global max_connections = 5",
                "select @@version",
                "set statement max_statement_time=1 for select 1",
                "select '; set x = 1 \\'; use y'",
                "drop temporary table t"
            })
    void leavesNothingBehindOnMysql(String sql) {
        assertThat(StatementScanner.scan(sql, Dialect.MYSQL).isEmpty()).isTrue();
    }

    @Test
    void aCommentBeforeAStatementHidesNothing() {
        assertThat(StatementScanner.scan("/* who; */ -- why\nset my.tenant=7", Dialect.POSTGRESQL))
                .isEqualTo(SessionChanges.of(SessionEffect.PARAMETER, "my.tenant"));
        assertThat(StatementScanner.scan("# a comment; set @y = 1\nset @x = 1", Dialect.MYSQL))
                .isEqualTo(SessionChanges.of(SessionEffect.USER_VARIABLE, "x"));
    }

    @Test
    void aSettingOfAnUnknownDatabaseCannotBeUndone() {
        assertThat(StatementScanner.scan("set schema x", Dialect.OTHER)).isEqualTo(SessionChanges.UNKNOWN);
        assertThat(StatementScanner.scan("alter session set x = 1", Dialect.OTHER))
                .isEqualTo(SessionChanges.UNKNOWN);
        assertThat(StatementScanner.scan("set nocount on; select 1", Dialect.OTHER)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aBlockOfPlSqlOpensNoTransaction() {
        assertThat(StatementScanner.scan("begin pay(1); end;", Dialect.OTHER).isEmpty())
                .isTrue();
        assertThat(StatementScanner.scan("begin tran", Dialect.OTHER)).isEqualTo(SessionChanges.TRANSACTION);
    }

    @Test
    void ordinaryStatementsAreToldWithoutCuttingThemIntoTokens() {
        assertThat(StatementScanner.isOrdinary("  SELECT a, b FROM t WHERE c = ? ORDER BY d"))
                .isTrue();
        assertThat(StatementScanner.isOrdinary("update t set a_lock = 1")).isFalse();
    }

    @Test
    void moreNamesThanCanBeRememberedAreUnknown() {
        SessionChanges changes = SessionChanges.NONE;
        for (int i = 0; i <= SessionChanges.MAX_NAMES; i++) {
            changes = changes.and(SessionChanges.of(SessionEffect.PREPARED, "p" + i));
        }
        assertThat(changes.has(SessionEffect.UNKNOWN)).isTrue();
        assertThat(changes.names(SessionEffect.PREPARED)).hasSize(SessionChanges.MAX_NAMES);
    }
}
