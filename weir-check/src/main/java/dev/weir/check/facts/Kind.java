package dev.weir.check.facts;

/** The pools that are understood. */
public enum Kind {
    HIKARI("HikariCP", "hikari"),
    WEIR("Weir", "weir"),
    DBCP2("Commons DBCP 2", "dbcp2"),
    TOMCAT("Tomcat JDBC", "tomcat"),
    C3P0("c3p0", "c3p0"),
    /** Seen in a running JVM only. */
    DRUID("Druid", "druid"),
    /** Seen in a running JVM only. */
    VIBUR("Vibur", "vibur"),
    LETTUCE("Lettuce with Commons Pool", "redis"),
    JEDIS("Jedis with Commons Pool", "redis"),
    /** Connections that no pool is known for: a bare URL. */
    NONE("no pool", "none");

    private final String title;
    private final String table;

    Kind(String title, String table) {
        this.title = title;
        this.table = table;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    String table() {
        return table;
    }
}
