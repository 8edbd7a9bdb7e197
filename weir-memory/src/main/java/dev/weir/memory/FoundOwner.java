package dev.weir.memory;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An owner that a probe found, before it is measured.
 *
 * @param name its name, without credentials
 * @param type the library it is of, such as {@code HikariCP}
 * @param kind what it serves
 * @param roots the objects that the walk begins at; the owner itself, never its connections alone
 * @param connectionTypes names of the classes or interfaces whose objects are its connections; they are counted in the walk
 * @param counts what the owner itself tells
 * @param foundBy how it was found, in words
 * @param server what the servers hold for its connections; {@code null} where nobody asked
 */
public record FoundOwner(
        String name,
        String type,
        OwnerKind kind,
        List<Object> roots,
        Set<String> connectionTypes,
        Counts counts,
        String foundBy,
        @Nullable ServerSide server) {

    /** An owner whose servers nobody asked. */
    public FoundOwner(
            String name,
            String type,
            OwnerKind kind,
            List<Object> roots,
            Set<String> connectionTypes,
            Counts counts,
            String foundBy) {
        this(name, type, kind, roots, connectionTypes, counts, foundBy, null);
    }

    /** Copies the collections. */
    public FoundOwner {
        roots = List.copyOf(roots);
        connectionTypes = Set.copyOf(connectionTypes);
    }

    /**
     * What an owner tells of itself; {@code null} where it does not.
     *
     * @param connections connections it holds; else those met in the walk are counted
     * @param active those in use
     * @param opened connections opened so far
     * @param closed connections ended so far
     * @param heapBytes heap that the owner weighed itself, used where no agent can weigh it
     */
    public record Counts(
            @Nullable Integer connections,
            @Nullable Integer active,
            @Nullable Long opened,
            @Nullable Long closed,
            @Nullable Long heapBytes) {

        /** Nothing told. */
        public static final Counts NONE = new Counts(null, null, null, null, null);
    }
}
