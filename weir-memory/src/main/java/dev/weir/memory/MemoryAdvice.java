package dev.weir.memory;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A change of a setting that would save memory, with its prediction, and once it was made, with its outcome.
 *
 * @param pool the pool's name
 * @param setting the setting, such as {@code max}, or the driver's own name of one
 * @param from its value now, or what is in use of it
 * @param to the value advised
 * @param savesBytes what the change is predicted to save, here and on the server together
 * @param lowBytes the least it may save
 * @param highBytes the most
 * @param costs what it costs
 * @param basis the measurements it was predicted from
 * @param outcomeBytes what it has saved, measured after; {@code null} while it was not made
 */
public record MemoryAdvice(
        String pool,
        String setting,
        String from,
        String to,
        long savesBytes,
        long lowBytes,
        long highBytes,
        String costs,
        String basis,
        @Nullable Long outcomeBytes)
        implements Serializable {

    MemoryAdvice withOutcome(long bytes) {
        return new MemoryAdvice(pool, setting, from, to, savesBytes, lowBytes, highBytes, costs, basis, bytes);
    }

    /** In a sentence. */
    @Override
    public String toString() {
        String change = pool + ": " + setting + " " + from + " -> " + to;
        String saves = Bytes.text(savesBytes) + " (" + Bytes.text(lowBytes) + " to " + Bytes.text(highBytes) + ")";
        return outcomeBytes == null
                ? change + " saves " + saves + "; costs: " + costs + "; from " + basis
                : change + " was predicted to save " + saves + " and saved " + Bytes.text(outcomeBytes);
    }
}
