package dev.weir.jdbc.codegen;

import java.util.Map;
import java.util.Set;

/** What stands around a forwarded call. */
enum Guard {

    /** Answered from the driver's memory: the handle must be live, nothing more. */
    LIGHT("live", ""),

    /** May talk to the server, or changes what the connection is: counted as "inside" while it runs. */
    WIRE("enter", "exit"),

    /** Runs a statement: inside, looked at for session state, and under the query timeout. */
    RUN("begin", "end"),

    /** Means something to a pool: not generated, so the compiler asks for it in the subclass. */
    BY_HAND("", "");

    /** The methods a pool has an opinion on. */
    private static final Map<String, Set<String>> OWN = Map.of(
            "Connection", Set.of("close", "abort", "isClosed", "isValid", "setClientInfo"),
            "Statement", Set.of("close", "isClosed", "getConnection"),
            "ResultSet", Set.of("close", "isClosed", "getStatement", "next"),
            "DatabaseMetaData", Set.of("getConnection"));

    private static final Map<String, Set<String>> LOCAL = Map.of(
            "Connection",
            Set.of(
                    "getAutoCommit",
                    "getWarnings",
                    "clearWarnings",
                    "getTypeMap",
                    "getHoldability",
                    "getNetworkTimeout",
                    "isReadOnly",
                    "nativeSQL"));

    private static final Map<String, Set<String>> REMOTE = Map.of(
            "Statement", Set.of("cancel", "getMoreResults", "getGeneratedKeys"),
            "PreparedStatement", Set.of("getMetaData", "getParameterMetaData"),
            "CallableStatement", Set.of(),
            "ResultSet",
                    Set.of(
                            "absolute",
                            "afterLast",
                            "beforeFirst",
                            "cancelRowUpdates",
                            "deleteRow",
                            "first",
                            "insertRow",
                            "last",
                            "previous",
                            "refreshRow",
                            "relative",
                            "updateRow"));

    /** The method that proves the handle live and answers the driver's object. */
    final String opening;

    /** The method that runs afterwards, whatever happened; empty when none is needed. */
    final String closing;

    Guard(String opening, String closing) {
        this.opening = opening;
        this.closing = closing;
    }

    static Guard of(String jdbcInterface, String method) {
        if (in(OWN, jdbcInterface, method)) {
            return BY_HAND;
        }
        if (jdbcInterface.endsWith("Statement") && method.startsWith("execute")) {
            return RUN;
        }
        return switch (jdbcInterface) {
            case "Connection" -> in(LOCAL, jdbcInterface, method) ? LIGHT : WIRE;
            case "DatabaseMetaData", "Array" -> WIRE;
            default -> in(REMOTE, jdbcInterface, method) ? WIRE : LIGHT;
        };
    }

    private static boolean in(Map<String, Set<String>> table, String jdbcInterface, String method) {
        return table.getOrDefault(jdbcInterface, Set.of()).contains(method);
    }
}
