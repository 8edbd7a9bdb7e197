package dev.weir.benchmarks.socketio;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Every {@link Attack} at once, and a {@link Flood} of connects, from addresses of their own, while others only want their
 * echo. Bounded in time, in connections, and in what each says.
 */
final class AttackLoad implements Load {

    private static final int STEP_MILLIS = 10;
    /** How long those that are on their way when it is over may take to be ended: more than servers give a request. */
    private static final int PATIENCE_MILLIS = 10_000;

    private static final double MEBI = 1_024;

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        Client witness = crowd.open(1).get(0);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (HealthyEcho echo = new HealthyEcho(crowd.open(HealthyEcho.clients(size)))) {
            TimeUnit.MILLISECONDS.sleep(size.millis / 2);
            echo.reset();
            TimeUnit.MILLISECONDS.sleep(size.millis);
            double quiet = echo.p99();
            Crowd.collect(witness);
            long before = target.residentKilobytes();
            echo.reset();

            Attacker.Tally tally = new Attacker.Tally();
            Bootstrap attackers = from(67, target, loop);
            for (Attack attack : Attack.values()) {
                for (int slot = 0; slot < attack.slots; slot++) {
                    Attacker.start(attack, attackers, tally);
                }
            }
            Flood flood = new Flood(from(66, target, loop));
            long most = before;
            int floods = 0;
            long begin = System.nanoTime();
            for (long elapsed = 0; elapsed < size.millis; elapsed = millisSince(begin)) {
                for (; floods < Math.min(size.flood(), Size.FLOOD_PER_SECOND * elapsed / 1_000); floods++) {
                    flood.more();
                }
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
                most = Math.max(most, target.residentKilobytes());
            }
            double attacked = echo.p99();
            tally.stopping.set(true);
            for (; floods < size.flood(); floods++) {
                flood.more();
            }
            begin = System.nanoTime();
            while (tally.ended.get() < tally.begun.get() && millisSince(begin) < PATIENCE_MILLIS) {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
                most = Math.max(most, target.residentKilobytes());
            }
            double ended = 100.0 * tally.ended.get() / tally.begun.get();
            tally.over.set(true);
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            TimeUnit.MILLISECONDS.sleep(size.settleMillis);
            int alive = echo.alive();
            Crowd.collect(witness);
            return List.of(
                    Figure.of("p99 quiet", quiet, "ms"),
                    Figure.of("p99 attacked", attacked, "ms"),
                    Figure.of("attacked over quiet", attacked / quiet, "times"),
                    Figure.of("healthy ones left", alive, "of " + HealthyEcho.clients(size)),
                    Figure.of("flood let in", flood.letIn(), "of " + floods),
                    Figure.of("attackers ended", ended, "%"),
                    Figure.of("most above before", (most - before) / MEBI, "MiB"),
                    Figure.of("resident after", 100.0 * target.residentKilobytes() / before, "%"));
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** From an address of the loopback network that nobody else comes from. */
    private static Bootstrap from(int host, Target target, EventLoopGroup loop) throws UnknownHostException {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .localAddress(new InetSocketAddress(loopback(host), 0))
                .remoteAddress(new InetSocketAddress(loopback(1), target.port()));
    }

    private static InetAddress loopback(int host) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
