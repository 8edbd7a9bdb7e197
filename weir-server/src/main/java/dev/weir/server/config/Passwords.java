package dev.weir.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a password comes from, if not from the keyboard. */
public final class Passwords {

    private static final int LONGEST_FILE = 4096;

    private Passwords() {}

    /**
     * The first line of a file.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Secret fromFile(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(file + " is too large to be a password: is it the right file?");
            }
            String line = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty()) {
                throw new IllegalArgumentException(file + " is empty: write the password on its first line");
            }
            return Secret.of(line);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    file + " cannot be read: does it exist, and may you read it?", unreadable);
        }
    }

    /**
     * The value of an environment variable.
     *
     * @throws IllegalArgumentException if it is not set
     */
    public static Secret fromVariable(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return Secret.of(value);
    }

    /** What {@code passwordFile} or {@code passwordEnv} say; relative paths begin in the directory. */
    static @Nullable Secret of(Fields fields, Path directory) {
        return of(fields, directory, "password");
    }

    /** The same for a secret of another name. */
    static @Nullable Secret of(Fields fields, Path directory, String what) {
        String fromFile = what + "File";
        String fromVariable = what + "Env";
        String file = fields.text(fromFile);
        String variable = fields.text(fromVariable);
        if (fields.has(what)) {
            fields.reject(what, "a " + what + " does not belong in this file: use " + fromFile + " or " + fromVariable);
        }
        if (file != null && variable != null) {
            fields.reject(fromVariable, fromFile + " is given too: keep one of them");
        }
        try {
            if (file != null) {
                return fromFile(directory.resolve(file));
            }
            return variable == null ? null : fromVariable(variable, System.getenv());
        } catch (IllegalArgumentException missing) {
            fields.reject(file == null ? fromVariable : fromFile, String.valueOf(missing.getMessage()));
            return null;
        }
    }
}
