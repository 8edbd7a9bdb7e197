package dev.weir.memory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Run with the agent: checks the walk's laws on random graphs, and its bytes against what a collected heap has grown by. */
final class WeighingProgram {

    private static final int POOLS = 5;

    private WeighingProgram() {}

    static final class Node {
        final List<Node> next = new ArrayList<>();
        final byte[] load;

        Node(int bytes) {
            load = new byte[bytes];
        }
    }

    public static void main(String[] args) throws Exception {
        HeapAccess access = HeapAccess.ofThisProcess();
        if (access == null) {
            throw new IllegalStateException("the agent is not there");
        }
        for (int seed = 0; seed < 200; seed++) {
            System.out.println("law " + unionIsTheSum(access, new Random(seed)));
        }
        System.out.println("delta " + deltaOfAPool(access));
    }

    private static boolean unionIsTheSum(HeapAccess access, Random random) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            nodes.add(new Node(random.nextInt(200)));
        }
        for (int i = 0; i < 90; i++) {
            nodes.get(random.nextInt(60)).next.add(nodes.get(random.nextInt(60)));
        }
        ClassPlans plans = new ClassPlans(access);
        OwnershipWalk apart = new OwnershipWalk(plans);
        long sum = 0;
        List<Tally> tallies = new ArrayList<>();
        int owners = 2 + random.nextInt(5);
        for (int i = 0; i < owners; i++) {
            tallies.add(walk(apart, List.of(nodes.get(i))));
        }
        for (Tally tally : tallies) {
            sum += tally.exclusive + tally.inFlight;
        }
        long union = walk(new OwnershipWalk(plans), nodes.subList(0, owners)).exclusive;
        boolean reaches = true;
        for (int i = 0; i < owners; i++) {
            long alone = walk(new OwnershipWalk(plans), List.of(nodes.get(i))).exclusive;
            reaches &= alone == tallies.get(i).exclusive + tallies.get(i).shared;
        }
        return reaches && union == sum + apart.sharedBytes();
    }

    private static Tally walk(OwnershipWalk walk, List<?> roots) {
        return walk.walk(
                roots, type -> false, object -> false, new Allowance(10_000_000, ThreadTime.nanos() + 60_000_000_000L));
    }

    /**
     * How far the walk's growth is from the heap's, when a pool of connections opens: a fraction, and the median of several
     * pools, for the JVM and the database allocate for themselves now and then.
     */
    private static double deltaOfAPool(HeapAccess access) throws Exception {
        // What every pool of the kind reaches was there before the second one: it is shared, and not counted.
        List<HikariDataSource> open = new ArrayList<>(List.of(pool("warm")));
        walk(new OwnershipWalk(new ClassPlans(access)), open);
        double[] deltas = new double[POOLS];
        for (int i = 0; i < POOLS; i++) {
            long before = used();
            HikariDataSource pool = pool("weighed" + i);
            long grown = used() - before;
            OwnershipWalk all = new OwnershipWalk(new ClassPlans(access));
            for (HikariDataSource earlier : open) {
                walk(all, List.of(earlier));
            }
            Tally tally = walk(all, List.of(pool));
            open.add(pool);
            System.out.println("heap " + grown + " walk " + tally.exclusive);
            deltas[i] = Math.abs(grown - tally.exclusive) / (double) grown;
        }
        Arrays.sort(deltas);
        return deltas[POOLS / 2];
    }

    private static HikariDataSource pool(String name) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:"); // a database for each connection: objects of every kind
        config.setPoolName(name);
        config.setMinimumIdle(20);
        config.setMaximumPoolSize(20);
        HikariDataSource source = new HikariDataSource(config);
        List<java.sql.Connection> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(source.getConnection());
        }
        for (java.sql.Connection one : all) {
            one.close();
        }
        return source;
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
