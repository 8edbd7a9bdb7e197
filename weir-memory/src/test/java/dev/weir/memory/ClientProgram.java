package dev.weir.memory;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** A program that knows nothing of Weir: four clients and a Netty channel, ready when it prints a line; ends with its input. */
final class ClientProgram {

    static final int HIKARI = 4;

    /** What it holds, as programs do: in a static. */
    static final List<Object> HELD = new ArrayList<>();

    private ClientProgram() {}

    public static void main(String[] args) throws Exception {
        open(Integer.parseInt(args[0]));
        System.out.println("ready");
        untilInputEnds();
    }

    /** Opens all of them; the pool of databases is the first that is held. */
    static void open(int redisPort) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[2]);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:attached");
        config.setPoolName("orders");
        config.setMinimumIdle(HIKARI);
        config.setMaximumPoolSize(HIKARI);
        HikariDataSource source = new HikariDataSource(config);
        HELD.add(source);
        HELD.add(source.getConnection());
        HELD.add(redis(redisPort));
        CloseableHttpClient apache = HttpClients.createDefault();
        HELD.add(apache);
        apache.execute(new HttpGet(URI.create(url)), response -> {
            response.getEntity().getContent().readAllBytes();
            return response.getCode();
        });
        OkHttpClient ok = new OkHttpClient();
        HELD.add(ok);
        ok.newCall(new Request.Builder().url(url).build()).execute().close();
        HELD.add(new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.getAddress())
                .sync()
                .channel());
        while (source.getHikariPoolMXBean().getTotalConnections() < HIKARI) {
            Thread.onSpinWait();
        }
    }

    static void untilInputEnds() throws IOException {
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        System.exit(0);
    }

    private static ConnectionPool redis(int port) {
        ConnectionPool pool = new ConnectionPool(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().build(),
                new ConnectionPoolConfig());
        pool.getResource().close();
        return pool;
    }
}
