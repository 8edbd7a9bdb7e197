package dev.weir.check.live;

import dev.weir.check.CheckException;
import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Product;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Value;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** A database server, asked for its own limits over one connection. Nothing is written. */
public final class DatabaseServer {

    private static final int SECONDS = 10;

    /** Settings in the units that {@code pg_settings} names. */
    private static final String POSTGRESQL =
            "select name, setting::bigint * case unit when 'min' then 60000 when 's' then 1000 else 1 end"
                    + " from pg_settings where name in ('max_connections', 'superuser_reserved_connections', 'reserved_connections',"
                    + " 'idle_session_timeout', 'idle_in_transaction_session_timeout', 'tcp_keepalives_idle')"
                    + " union all select 'in use', count(*) from pg_stat_activity where backend_type = 'client backend'";

    private static final String MYSQL =
            "show global variables where variable_name in ('max_connections', 'wait_timeout')";
    private static final String MYSQL_IN_USE = "show global status like 'Threads_connected'";

    private final Subject subject;
    private long reserved;

    private DatabaseServer(Subject subject) {
        this.subject = subject;
    }

    /** What the server says, and what the URL says of the way to it. */
    public static Subject read(String url, String user, String password) throws CheckException {
        return read(url, user, password, SECONDS);
    }

    /** The same, given up after so many seconds of silence. */
    static Subject read(String url, String user, String password, int seconds) throws CheckException {
        Target target = Target.of(url)
                .filter(known -> known.product() != Product.OTHER)
                .orElseThrow(() ->
                        new CheckException("this JDBC URL leads to a database that is not understood: give one of "
                                + "PostgreSQL, MySQL or MariaDB"));
        String name = target.product().title() + (target.hosts().isEmpty() ? "" : " at " + target.hosts());
        DatabaseServer server = new DatabaseServer(new Subject(name));
        server.url(target);
        Properties login = patience(target.product(), seconds);
        if (!user.isEmpty()) {
            login.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            login.setProperty("password", password);
        }
        DriverManager.setLoginTimeout(seconds);
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            server.ask(target.product(), statement);
        } catch (SQLException refused) {
            // The driver's message may hold the URL; the state and the class tell enough.
            throw new CheckException(name + " cannot be asked ("
                    + refused.getClass().getSimpleName() + ", SQLSTATE " + refused.getSQLState()
                    + "): see that its driver is there, that it runs, and that user and password are right");
        }
        return server.subject;
    }

    /** In each driver's own words, for not all of them mind the login timeout; what the URL says goes before. */
    private static Properties patience(Product product, int seconds) {
        Properties timeouts = new Properties();
        if (product == Product.POSTGRESQL) {
            for (String name : List.of("loginTimeout", "connectTimeout", "socketTimeout")) {
                timeouts.setProperty(name, Integer.toString(seconds));
            }
        } else if (product == Product.MYSQL || product == Product.MARIADB) {
            for (String name : List.of("connectTimeout", "socketTimeout")) {
                timeouts.setProperty(name, Integer.toString(seconds * 1_000));
            }
        }
        return timeouts;
    }

    private void url(Target target) {
        Place place = Place.of(subject.name()).withKey("the URL");
        Pool pool = new Pool(Kind.NONE, "", Syntax.PROPERTIES, "", place);
        pool.connectsTo(target);
        pool.set(
                Setting.URL,
                new Value(target.hasPassword() ? 1 : 0, target.product().title(), place, true));
        subject.add(pool);
    }

    private void ask(Product product, Statement statement) throws SQLException {
        if (product == Product.POSTGRESQL) {
            each(statement, POSTGRESQL);
        } else if (product == Product.MYSQL || product == Product.MARIADB) {
            each(statement, MYSQL);
            each(statement, MYSQL_IN_USE);
        } else {
            subject.remark("The limits of " + product.title() + ": only PostgreSQL, MySQL and MariaDB are asked");
        }
    }

    private void each(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                learn(rows.getString(1), rows.getLong(2));
            }
        }
    }

    private void learn(String name, long number) {
        Value value = Value.of(number, new Place(subject.name(), 0, name));
        switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "max_connections" -> subject.add(Fact.MAX_CONNECTIONS, value);
            case "superuser_reserved_connections", "reserved_connections" -> {
                reserved += number;
                subject.add(Fact.RESERVED_CONNECTIONS, Value.of(reserved, value.place()));
            }
            case "in use", "threads_connected" -> subject.add(Fact.CONNECTIONS_IN_USE, value);
            case "idle_in_transaction_session_timeout" -> subject.add(Fact.IDLE_IN_TRANSACTION, value);
            case "tcp_keepalives_idle" -> subject.add(Fact.SERVER_KEEPALIVE, value);
            case "idle_session_timeout" -> idle(number, value);
            case "wait_timeout" -> idle(number * 1_000, value);
            default -> {}
        }
    }

    private void idle(long millis, Value value) {
        if (millis > 0) {
            subject.add(Fact.IDLE_LIMIT, Value.of(millis, value.place()));
        }
    }
}
