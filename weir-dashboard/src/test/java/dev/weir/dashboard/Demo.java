package dev.weir.dashboard;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Pool;
import dev.weir.pool.Scaling;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A service to look at by hand: a port, and how many pools beside the usual ones. */
final class Demo {

    private Demo() {}

    public static void main(String[] args) throws InterruptedException {
        Service service = new Service(args.length > 0 ? Integer.parseInt(args[0]) : 7070);
        fill(service);
        for (int i = 0; i < (args.length > 1 ? Integer.parseInt(args[1]) : 0); i++) {
            service.pool(
                    "tenant-" + i,
                    ConnectionKind.JDBC,
                    50_000,
                    settings -> settings.min(1).max(5));
        }
        System.out.println(service.dashboard.link());
        new CountDownLatch(1).await();
    }

    /** What a service of some size looks like. */
    static Pool<String> fill(Service service) {
        Pool<String> orders = service.pool(
                "orders",
                ConnectionKind.JDBC,
                900_000,
                settings -> settings.min(4).max(16));
        service.load(orders, 14, Duration.ofMillis(12), Duration.ofMillis(10));
        Pool<String> search = service.pool(
                "search",
                ConnectionKind.JDBC,
                1_400_000,
                settings -> settings.min(2).max(25).scaling(Scaling.ADAPTIVE));
        service.load(search, 18, Duration.ofMillis(30), Duration.ofMillis(20));
        Pool<String> sessions = service.pool(
                "sessions",
                ConnectionKind.REDIS,
                21_000,
                settings -> settings.min(2).max(8));
        service.load(sessions, 5, Duration.ofMillis(2), Duration.ofMillis(3));
        Pool<String> reports = service.pool(
                "reports",
                ConnectionKind.JDBC,
                2_600_000,
                settings -> settings.min(1)
                        .max(3)
                        .acquireTimeout(Duration.ofSeconds(4))
                        .leakThreshold(Duration.ofSeconds(2)));
        service.load(reports, 2, Duration.ofMillis(200), Duration.ofMillis(300));
        service.pool(
                "payments",
                ConnectionKind.HTTP,
                30_000,
                settings -> settings.min(0).max(10));
        return reports;
    }
}
