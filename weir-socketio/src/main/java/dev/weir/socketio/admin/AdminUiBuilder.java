package dev.weir.socketio.admin;

import dev.weir.socketio.SocketIoServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Configures an {@link AdminUi}. For one thread. */
public final class AdminUiBuilder {

    static final int MIN_PASSWORD = 8;
    static final int MIN_TOKEN = 16;
    private static final int MAX_SOCKETS = 100_000;

    final SocketIoServer server;
    String namespace = "/admin";
    boolean readOnly;
    boolean development;
    boolean showsData;
    int maxSockets = 1_000;
    String serverId;
    private @Nullable Credentials credentials;

    AdminUiBuilder(SocketIoServer server) {
        this.server = server;
        this.serverId = hostName() + "#" + ProcessHandle.current().pid() + ":" + server.port();
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }

    /**
     * Lets in who knows a user's name and password; one of this and {@link #token} is needed.
     *
     * @throws IllegalArgumentException if the name is empty or the password is shorter than 8 characters
     */
    public AdminUiBuilder password(String user, String password) {
        require(!user.isBlank(), "the user's name is empty: give it one");
        require(password.length() >= MIN_PASSWORD, "the password is shorter than 8 characters: choose a longer one");
        credentials = Credentials.password(user, password);
        return this;
    }

    /**
     * Lets in who knows a token, told as {@code auth.token} or, in the page's form, as the password of any user.
     *
     * @throws IllegalArgumentException if it is shorter than 16 characters
     */
    public AdminUiBuilder token(String token) {
        require(token.length() >= MIN_TOKEN, "the token is shorter than 16 characters: choose a longer one");
        credentials = Credentials.token(token);
        return this;
    }

    /** The namespace that pages connect to; the default is {@code /admin}. */
    public AdminUiBuilder namespace(String name) {
        namespace = name;
        return this;
    }

    /** Whether pages may only look; off by default. */
    public AdminUiBuilder readOnly(boolean value) {
        readOnly = value;
        return this;
    }

    /**
     * Whether pages are told of every socket, room and event, and not of counts only; off by default, for with many
     * clients it is much work.
     */
    public AdminUiBuilder development(boolean value) {
        development = value;
        return this;
    }

    /** Whether pages see what the application remembers of sockets, cut short; off by default: it may be secret. */
    public AdminUiBuilder showData(boolean value) {
        showsData = value;
        return this;
    }

    /** The most sockets that a page is told of when it connects; the default is 1,000. */
    public AdminUiBuilder maxSockets(int value) {
        require(value > 0 && value <= MAX_SOCKETS, "maxSockets is not between 1 and 100,000");
        maxSockets = value;
        return this;
    }

    /** What tells this server from others in the page; the default is made of the host, the process and the port. */
    public AdminUiBuilder serverId(String value) {
        serverId = value;
        return this;
    }

    /**
     * Puts it on the server.
     *
     * @throws IllegalStateException if neither a password nor a token was given
     */
    public AdminUi install() {
        return new AdminUi(this);
    }

    Credentials credentials() {
        Credentials known = credentials;
        if (known == null) {
            throw new IllegalStateException(
                    "the admin UI would let everybody in: give it password(user, password) or token(token)");
        }
        return known;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
