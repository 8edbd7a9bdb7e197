package dev.weir.http;

import dev.weir.pool.ConnectFailure;
import dev.weir.pool.Connector;
import java.time.Duration;

/**
 * How the engine fills the slots of one route: not with connections, which the HTTP library opens on its caller's side, but
 * with their places. Filling a slot is quick and asks the memory account; all that would block is the library's.
 */
final class RouteConnector<K, O extends Occupant> implements Connector<O> {

    private final String pool;
    private final K route;
    private final OccupantKind<K, O> kind;
    private final ByteAccount account;
    private final Debt debt;

    RouteConnector(String pool, K route, OccupantKind<K, O> kind, ByteAccount account, Debt debt) {
        this.pool = pool;
        this.route = route;
        this.kind = kind;
        this.account = account;
        this.debt = debt;
    }

    @Override
    public O connect() throws NoRoomException {
        O occupant = kind.occupy(route, debt);
        long bytes = kind.estimatedBytes(route);
        if (!account.grant(occupant, bytes)) {
            kind.abort(occupant);
            throw new NoRoomException(pool, bytes);
        }
        return occupant;
    }

    @Override
    public boolean check(O occupant, Duration timeout) throws Exception {
        return !kind.isOver(occupant, System.currentTimeMillis()) && kind.isFit(occupant, timeout);
    }

    @Override
    public void close(O occupant) {
        try {
            kind.close(occupant);
        } finally {
            account.release(occupant);
        }
    }

    @Override
    public void abort(O occupant) {
        try {
            kind.abort(occupant);
        } finally {
            account.release(occupant);
        }
    }

    @Override
    public void cancel(O occupant) {
        kind.cancel(occupant);
    }

    @Override
    public boolean isBusy(O occupant) {
        return kind.isBusy(occupant);
    }

    /** No room in the budget is not a fault of the server: nothing is to be failed fast for it. */
    @Override
    public ConnectFailure classify(Throwable failure) {
        return failure instanceof NoRoomException ? ConnectFailure.SERVER_FULL : ConnectFailure.TRANSIENT;
    }

    @Override
    public String endpoint() {
        return kind.endpoint(route);
    }

    /** One, for the pools of the routes share a budget that counts connections; bytes are the {@link ByteAccount}'s. */
    @Override
    public long estimatedBytes() {
        return 1;
    }
}
