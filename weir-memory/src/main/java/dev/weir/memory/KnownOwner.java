package dev.weir.memory;

import org.jspecify.annotations.Nullable;

/**
 * The owners that are recognised by the name of their class, in whatever class loader it lies.
 *
 * <p>Those of a lower rank absorb what they reach of a higher one: a client's event loops belong to the client, an event
 * loop group that no client reaches is an owner of its own.
 */
enum KnownOwner {
    WEIR("dev.weir.pool.Pool", "Weir", OwnerKind.OTHER, 0, "", "name"),
    WEIR_HISTORIES("dev.weir.monitor.PoolHistories", "Weir history", OwnerKind.INTERNAL, 0, "", "pool"),
    WEIR_SOCKET_IO(
            "dev.weir.socketio.EngineServer",
            "Weir Socket.IO",
            OwnerKind.WEBSOCKET,
            0,
            "dev.weir.socketio.EngineSession"),
    HIKARI_SOURCE(
            "com.zaxxer.hikari.HikariDataSource",
            "HikariCP",
            OwnerKind.DATABASE,
            0,
            "com.zaxxer.hikari.pool.PoolEntry",
            "poolName"),
    HIKARI_POOL(
            "com.zaxxer.hikari.pool.HikariPool",
            "HikariCP",
            OwnerKind.DATABASE,
            1,
            "com.zaxxer.hikari.pool.PoolEntry",
            "poolName"),
    DBCP2(
            "org.apache.commons.dbcp2.BasicDataSource",
            "DBCP2",
            OwnerKind.DATABASE,
            0,
            "org.apache.commons.dbcp2.PoolableConnection",
            "jmxName"),
    TOMCAT_SOURCE(
            "org.apache.tomcat.jdbc.pool.DataSourceProxy",
            "Tomcat JDBC",
            OwnerKind.DATABASE,
            0,
            "org.apache.tomcat.jdbc.pool.PooledConnection",
            "poolProperties.name"),
    TOMCAT_POOL(
            "org.apache.tomcat.jdbc.pool.ConnectionPool",
            "Tomcat JDBC",
            OwnerKind.DATABASE,
            1,
            "org.apache.tomcat.jdbc.pool.PooledConnection",
            "poolProperties.name"),
    AGROAL("io.agroal.pool.DataSource", "Agroal", OwnerKind.DATABASE, 0, "io.agroal.pool.ConnectionHandler"),
    DRUID(
            "com.alibaba.druid.pool.DruidAbstractDataSource",
            "Druid",
            OwnerKind.DATABASE,
            0,
            "com.alibaba.druid.pool.DruidConnectionHolder",
            "name"),
    C3P0(
            "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource",
            "c3p0",
            OwnerKind.DATABASE,
            0,
            "com.mchange.v2.c3p0.impl.NewPooledConnection",
            "dataSourceName"),
    JEDIS("redis.clients.jedis.util.Pool", "Jedis", OwnerKind.REDIS, 0, "redis.clients.jedis.Connection"),
    LETTUCE(
            "io.lettuce.core.AbstractRedisClient",
            "Lettuce",
            OwnerKind.REDIS,
            0,
            "io.lettuce.core.StatefulRedisConnectionImpl"),
    HTTP_CLIENT_5(
            "org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager",
            "HttpClient 5",
            OwnerKind.HTTP,
            0,
            "org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection"),
    HTTP_CLIENT_5_ASYNC(
            "org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager",
            "HttpClient 5",
            OwnerKind.HTTP,
            0,
            "org.apache.hc.client5.http.impl.nio.DefaultManagedAsyncClientConnection"),
    OK_HTTP(
            "okhttp3.internal.connection.RealConnectionPool",
            "OkHttp",
            OwnerKind.HTTP,
            0,
            "okhttp3.internal.connection.RealConnection"),
    JDK_HTTP(
            "jdk.internal.net.http.HttpClientImpl",
            "JDK HttpClient",
            OwnerKind.HTTP,
            0,
            "jdk.internal.net.http.HttpConnection"),
    TOMCAT_WEBSOCKET(
            "org.apache.tomcat.websocket.WsWebSocketContainer",
            "Tomcat WebSocket",
            OwnerKind.WEBSOCKET,
            0,
            "org.apache.tomcat.websocket.WsSession"),
    NETTY(
            "io.netty.util.concurrent.MultithreadEventExecutorGroup",
            "Netty",
            OwnerKind.OTHER,
            2,
            "io.netty.channel.socket.SocketChannel");

    /** Weir's own kinds of connection, by the name of their connector. */
    private static final String WEIR_DATABASE = "dev.weir.jdbc.";

    private static final String WEIR_REDIS = "dev.weir.redis.";
    private static final String WEIR_HTTP = "dev.weir.http.";

    final String className;
    final String title;
    final int rank;
    /** The class or interface of its connections; empty where it has none. */
    final String connectionType;

    private final OwnerKind kind;
    private final @Nullable String nameAt;

    KnownOwner(String className, String title, OwnerKind kind, int rank, String connectionType) {
        this(className, title, kind, rank, connectionType, null);
    }

    KnownOwner(
            String className, String title, OwnerKind kind, int rank, String connectionType, @Nullable String nameAt) {
        this.className = className;
        this.title = title;
        this.kind = kind;
        this.rank = rank;
        this.connectionType = connectionType;
        this.nameAt = nameAt;
    }

    /** What the object is; {@code null} for none of these. */
    static @Nullable KnownOwner of(Class<?> type) {
        for (KnownOwner known : values()) {
            if (TypeNames.is(type, known.className)) {
                return known;
            }
        }
        return null;
    }

    /** The name that the owner bears, or its type's where it bears none. */
    String nameOf(Object owner, FieldPaths paths) {
        Object name = nameAt == null ? null : paths.read(owner, nameAt);
        String text = name == null ? "" : name.toString();
        return text.isEmpty() ? title : text;
    }

    OwnerKind kindOf(Object owner, FieldPaths paths) {
        if (this != WEIR) {
            return kind;
        }
        Object connector = paths.read(owner, "connector");
        String name = connector == null ? "" : connector.getClass().getName();
        if (name.startsWith(WEIR_REDIS)) {
            return OwnerKind.REDIS;
        }
        if (name.startsWith(WEIR_HTTP)) {
            return OwnerKind.HTTP;
        }
        return name.startsWith(WEIR_DATABASE) ? OwnerKind.DATABASE : kind;
    }
}
