package dev.weir.redis;

import org.jspecify.annotations.Nullable;

/**
 * What a connection is opened with. Never shown: {@link #toString} tells the user's name at most.
 *
 * @param user the ACL user's name; {@code null} is Redis' {@code default} user
 * @param password the password or token; {@code null} for none
 */
public record Credentials(@Nullable String user, @Nullable String password) {

    /** Neither user nor password: the server asks for none. */
    public static final Credentials NONE = new Credentials(null, null);

    @Override
    public String toString() {
        return "credentials of " + (user == null ? "the default user" : user);
    }
}
