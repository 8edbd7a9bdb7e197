package dev.weir.check.facts;

/** The servers whose drivers are understood. */
public enum Product {
    POSTGRESQL("PostgreSQL"),
    MYSQL("MySQL"),
    MARIADB("MariaDB"),
    SQLSERVER("SQL Server"),
    ORACLE("Oracle"),
    H2("H2"),
    REDIS("Redis"),
    OTHER("another database");

    private final String title;

    Product(String title) {
        this.title = title;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** The product of the driver's data source or driver class. */
    static Product ofClass(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return lower.startsWith("org.postgresql.")
                ? POSTGRESQL
                : lower.startsWith("com.mysql.")
                        ? MYSQL
                        : lower.startsWith("org.mariadb.")
                                ? MARIADB
                                : lower.startsWith("com.microsoft.sqlserver.")
                                        ? SQLSERVER
                                        : lower.startsWith("oracle.jdbc.")
                                                ? ORACLE
                                                : lower.startsWith("org.h2.") ? H2 : OTHER;
    }
}
