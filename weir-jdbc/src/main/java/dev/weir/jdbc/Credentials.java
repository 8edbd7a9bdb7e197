package dev.weir.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What a connection is opened with. Never shown: {@link #toString} tells the user's name at most.
 *
 * @param user the user's name; {@code null} leaves it to the driver
 * @param password the password or token; {@code null} for none
 */
public record Credentials(@Nullable String user, @Nullable String password) {

    /** Neither user nor password: the driver, its URL or its environment knows. */
    public static final Credentials NONE = new Credentials(null, null);

    @Override
    public String toString() {
        return "credentials of " + (user == null ? "the driver" : user);
    }
}
