package dev.weir.memory;

import com.zaxxer.hikari.HikariDataSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The clients of {@link ClientProgram} with work behind them and some going on: queries, and buffers of every kind outside the heap. Its line says how
 * much Netty counts.
 */
final class LoadedProgram {

    private static final int THREADS = 8;
    private static final int QUERIES = 20_000;
    private static final int MB = 1 << 20;

    /** What its own buffers hold at least, however they were allocated. */
    static final long DIRECT = 15L * MB;

    private LoadedProgram() {}

    public static void main(String[] args) throws Exception {
        ClientProgram.open(Integer.parseInt(args[0]));
        DataSource source = (HikariDataSource) ClientProgram.HELD.get(0);
        table(source);
        for (int i = 0; i < QUERIES; i++) {
            query(source, i);
        }
        buffers();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> work(source), "order-worker-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("ready " + PlatformDependent.usedDirectMemory());
        ClientProgram.untilInputEnds();
    }

    private static void buffers() {
        ByteBuffer plain = ByteBuffer.allocateDirect(3 * MB);
        ClientProgram.HELD.add(plain);
        for (ByteBufAllocator allocator :
                new ByteBufAllocator[] {PooledByteBufAllocator.DEFAULT, UnpooledByteBufAllocator.DEFAULT}) {
            for (int bytes : new int[] {100, MB, 5 * MB}) {
                ByteBuf buffer = allocator.directBuffer(bytes, bytes);
                buffer.writeZero(bytes);
                ClientProgram.HELD.add(buffer);
            }
        }
    }

    private static void table(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("create table line (id int primary key, text varchar(200))");
            for (int i = 0; i < 1000; i++) {
                connection.createStatement().execute("insert into line values (" + i + ", '" + "x".repeat(100) + "')");
            }
        }
    }

    private static void query(DataSource source, int number) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("select text from line where id = ?")) {
            statement.setInt(1, number % 1000);
            statement.executeQuery().close();
        }
    }

    private static void work(DataSource source) {
        try {
            for (int i = 0; ; i++) {
                query(source, i);
                LockSupport.parkNanos(20_000_000);
            }
        } catch (SQLException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
