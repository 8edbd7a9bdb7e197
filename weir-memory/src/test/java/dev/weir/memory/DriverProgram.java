package dev.weir.memory;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;

/**
 * Run with the agent: weighs a connection of PostgreSQL's driver before and after it has prepared statements, and says what a collected heap has grown by.
 * Where the database is it reads from its input.
 */
final class DriverProgram {

    private static final int STATEMENTS = 100;

    private DriverProgram() {}

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String url = in.readLine();
        String user = in.readLine();
        String password = in.readLine();
        DriverHeap weigher = DriverHeap.ofThisProcess();
        if (weigher == null) {
            throw new IllegalStateException("the agent is not there");
        }
        try (Connection warm = DriverManager.getConnection(url, user, password)) {
            // What is loaded once is nobody's.
            Statements.run(warm, STATEMENTS);
        }
        try (Connection sibling = DriverManager.getConnection(url, user, password);
                Connection connection = DriverManager.getConnection(url, user, password)) {
            weigh(weigher, connection, sibling);
            long heap = used();
            long idle = weigh(weigher, connection, sibling);
            Statements.run(connection, STATEMENTS);
            long grown = used() - heap;
            long busy = weigh(weigher, connection, sibling);
            System.out.println("idle " + idle);
            System.out.println("busy " + busy);
            System.out.println("grown " + grown);
            System.out.println("unmoved " + weigh(weigher, sibling, connection));
        }
    }

    /** A weighing that takes too long is given up, which happens where the machine is busy. */
    private static long weigh(DriverHeap weigher, Connection connection, Connection sibling) {
        long bytes = -1;
        for (int attempt = 0; bytes < 0 && attempt < 100; attempt++) {
            bytes = weigher.applyAsLong(connection, sibling);
        }
        return bytes;
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
