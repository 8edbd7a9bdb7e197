package dev.weir.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The databases whose session state Weir can read from statements and undo. */
enum Dialect {
    POSTGRESQL,
    /** MySQL and MariaDB. */
    MYSQL,
    /** Any other: what is noticed there cannot be undone, only the connection retired. */
    OTHER;

    /** Chosen by {@link java.sql.DatabaseMetaData#getDatabaseProductName}. */
    static Dialect of(@Nullable String product) {
        String name = product == null ? "" : product.toLowerCase(Locale.ROOT);
        if (name.startsWith("postgresql") || name.startsWith("enterprisedb")) {
            return POSTGRESQL;
        }
        return name.startsWith("mysql") || name.startsWith("mariadb") ? MYSQL : OTHER;
    }
}
