package dev.weir.benchmarks.contender;

import java.util.List;

/**
 * Who takes part, by id. What pools differ in by default is made equal where they have a setting for it: a connection that
 * rested half a second is checked before it is lent, uncommitted work is rolled back and changed state is reset on return.
 * Where a pool's defaults leave that out, it also runs as it comes, with the suffix {@value #DEFAULTS}.
 */
public final class Contenders {

    /** Ends the ids of pools that run with their default safety. */
    public static final String DEFAULTS = "-defaults";

    /** Weir's id. */
    public static final String WEIR = "weir";

    /** All, Weir first. */
    public static final List<String> ALL = List.of(
            WEIR,
            "hikaricp",
            "agroal",
            "beecp",
            "vibur",
            "tomcat",
            "dbcp2",
            "druid",
            "c3p0",
            "agroal-defaults",
            "vibur-defaults",
            "tomcat-defaults",
            "dbcp2-defaults");

    /** Weir, and those that come closest to it. */
    public static final List<String> CLOSEST = List.of(WEIR, "hikaricp", "agroal", "beecp", "vibur", "tomcat");

    private Contenders() {}

    /** Whether the pool runs with its default safety. */
    public static boolean asItComes(String id) {
        return id.endsWith(DEFAULTS);
    }

    /** The contender of this id; only its own classes are loaded. */
    public static Contender of(String id) {
        return switch (id) {
            case WEIR -> new WeirContender();
            case "hikaricp" -> new HikariContender();
            case "agroal" -> new AgroalContender(true);
            case "agroal-defaults" -> new AgroalContender(false);
            case "beecp" -> new BeeContender();
            case "vibur" -> new ViburContender(true);
            case "vibur-defaults" -> new ViburContender(false);
            case "tomcat" -> new TomcatContender(true);
            case "tomcat-defaults" -> new TomcatContender(false);
            case "dbcp2" -> new DbcpContender(true);
            case "dbcp2-defaults" -> new DbcpContender(false);
            case "druid" -> new DruidContender();
            case "c3p0" -> new C3p0Contender();
            default -> throw new IllegalArgumentException("no pool is called " + id);
        };
    }
}
