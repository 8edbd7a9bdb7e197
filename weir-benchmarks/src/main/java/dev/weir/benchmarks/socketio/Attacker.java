package dev.weir.benchmarks.socketio;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection that attacks; when the server ends it, the next one comes in its place, until told to stop. */
@SuppressWarnings("FutureReturnValueIgnored") // how it ends is told by the channel
final class Attacker extends SimpleChannelInboundHandler<ByteBuf> {

    private static final int STEP_MILLIS = 10;
    private static final int REST_MILLIS = 100;
    private static final int LONGEST_ANSWER = 8_192;
    /** What one connection says at the very most; then it only stays. */
    private static final int MOST_BYTES = 64 << 20;

    /** How many have come, and how many of them the server has ended. Thread-safe. */
    static final class Tally {
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        /** No more come. */
        final AtomicBoolean stopping = new AtomicBoolean();
        /** Who ends from now on was ended by us. */
        final AtomicBoolean over = new AtomicBoolean();
    }

    private final Attack attack;
    private final Bootstrap bootstrap;
    private final Tally tally;

    // On the channel's loop.
    private final StringBuilder answer = new StringBuilder();
    private @Nullable ScheduledFuture<?> steps;
    private int step;
    private long said;

    private Attacker(Attack attack, Bootstrap bootstrap, Tally tally) {
        this.attack = attack;
        this.bootstrap = bootstrap;
        this.tally = tally;
    }

    static void start(Attack attack, Bootstrap bootstrap, Tally tally) {
        tally.begun.incrementAndGet();
        bootstrap
                .clone()
                .handler(new Attacker(attack, bootstrap, tally))
                .connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        tally.ended.incrementAndGet();
                    }
                });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Attack.ascii(attack.opening()));
        if (!attack.waitsForAnswer()) {
            goOn(context);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf data) {
        if (steps != null || answer.length() > LONGEST_ANSWER) {
            return;
        }
        answer.append(data.toString(StandardCharsets.US_ASCII));
        ByteBuf beginning = attack.begin(answer.toString());
        if (beginning != null) {
            context.writeAndFlush(beginning);
            goOn(context);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        steps = context.executor()
                .scheduleAtFixedRate(() -> step(context), STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void step(ChannelHandlerContext context) {
        if (context.channel().isWritable() && said < MOST_BYTES) {
            ByteBuf more = attack.next(step++);
            said += more.readableBytes();
            context.writeAndFlush(more);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (steps != null) {
            steps.cancel(false);
        }
        if (tally.over.get()) {
            return;
        }
        tally.ended.incrementAndGet();
        context.executor()
                .schedule(
                        () -> {
                            if (!tally.stopping.get()) {
                                start(attack, bootstrap, tally);
                            }
                        },
                        REST_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
