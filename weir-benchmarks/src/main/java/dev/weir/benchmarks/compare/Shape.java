package dev.weir.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/** What the statements of a service look like: what a backend of PostgreSQL keeps of each decides what it costs. */
enum Shape {
    /** Some 60 bytes. */
    SMALL("60 bytes", 100) {
        @Override
        String statement(int number, int of) {
            return "select name, qty from item where id = ? and qty > " + (-1_000 - number);
        }
    },
    /** What an object-relational mapper writes to load an order with all that belongs to it: five tables, some 1.2 kB. */
    JOINS("5-way joins", 40) {
        @Override
        String statement(int number, int of) {
            StringBuilder sql = new StringBuilder("select ");
            for (String column : JOINED.split(" ", -1)) {
                sql.append(column)
                        .append(" as ")
                        .append(column.replace('.', '_'))
                        .append("_0_, ");
            }
            return sql.append(number)
                    .append(" as number_0_ from orders orders0_")
                    .append(" inner join customer customer1_ on orders0_.customer_id = customer1_.id")
                    .append(" inner join region region2_ on customer1_.region_id = region2_.id")
                    .append(" left outer join line line3_ on orders0_.id = line3_.order_id")
                    .append(" left outer join product product4_ on line3_.product_id = product4_.id")
                    .append(" where orders0_.id = ? and customer1_.id > ")
                    .append(-number)
                    .toString();
        }
    },
    /** From 1 to 10 kB, evenly. */
    LARGE("1-10 kB", 100) {
        @Override
        String statement(int number, int of) {
            int length = 1_000 + (of == 1 ? 0 : 9_000 * number / (of - 1));
            StringBuilder sql = new StringBuilder("select id");
            for (int column = 0; sql.length() < length - 40; column++) {
                sql.append(String.format(
                        ", case when qty > %d then coalesce(nullif(name, 'n%d'), 'none') else note end as c%d",
                        column + number, column, column));
            }
            return sql.append(" from item where id = ?").toString();
        }
    };

    /** Rows of the table {@code item}; reading half of them is what one transaction of a hundred does. */
    static final int ITEMS = 20_000;

    /** Ids that every shape finds. */
    static final int IDS = 5_000;

    static final int MANY_ROWS = 10_000;

    /** The read that holds much memory for a while. */
    static final String MANY = "select id, grp, name, qty, price, note from item where id <= " + MANY_ROWS;

    private static final String JOINED =
            "orders0_.id orders0_.customer_id orders0_.placed orders0_.state orders0_.total orders0_.note"
                    + " customer1_.id customer1_.region_id customer1_.name customer1_.mail customer1_.since"
                    + " region2_.id region2_.name line3_.id line3_.order_id line3_.product_id line3_.qty line3_.price"
                    + " product4_.id product4_.name product4_.price product4_.stock";

    /** The tables, made once for each server. */
    static final List<String> SCHEMA = List.of(
            "create table item(id int primary key, grp int, name text, qty int, price numeric(10,2), note text)",
            "create table region(id int primary key, name text)",
            "create table customer(id int primary key, region_id int, name text, mail text, since date)",
            "create table product(id int primary key, name text, price numeric(10,2), stock int)",
            "create table orders(id int primary key, customer_id int, placed timestamp, state text, total numeric(10,2), note text)",
            "create table line(id int primary key, order_id int, product_id int, qty int, price numeric(10,2))",
            "insert into item select n, n % 100, 'item number ' || n, n % 1000, n * 0.01, repeat('x', 40) from generate_series(1, "
                    + ITEMS + ") n",
            "insert into region select n, 'region ' || n from generate_series(0, 49) n",
            "insert into customer select n, n % 50, 'customer ' || n, n || '@example.org', date '2020-01-01' + n % 1000"
                    + " from generate_series(0, 1999) n",
            "insert into product select n, 'product ' || n, n * 0.5, n from generate_series(0, 999) n",
            "insert into orders select n, n % 2000, timestamp '2024-01-01' + n * interval '1 minute', 'open', n * 0.1, 'note ' || n"
                    + " from generate_series(1, " + IDS + ") n",
            "insert into line select n, 1 + n % " + IDS + ", n % 1000, n % 9, n * 0.01 from generate_series(1, "
                    + 3 * IDS + ") n",
            "create index line_order on line(order_id)",
            "vacuum analyze");

    private final String label;
    private final int statements;

    Shape(String label, int statements) {
        this.label = label;
        this.statements = statements;
    }

    String label() {
        return label;
    }

    /** The statements, each of them with one parameter, an id. */
    List<String> statements() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < statements; i++) {
            all.add(statement(i, statements));
        }
        return all;
    }

    /** Statement {@code number} of so many. */
    abstract String statement(int number, int of);
}
