package dev.weir.memory;

import java.io.Serializable;
import java.util.Locale;
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
 * @param outcomeRatio that, divided by {@code savesBytes}: 1 where the prediction was right, less where it promised too much;
 *     {@code null} likewise
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
        @Nullable Long outcomeBytes,
        @Nullable Double outcomeRatio)
        implements Serializable {

    MemoryAdvice withOutcome(long bytes) {
        return new MemoryAdvice(
                pool,
                setting,
                from,
                to,
                savesBytes,
                lowBytes,
                highBytes,
                costs,
                basis,
                bytes,
                savesBytes == 0 ? null : (double) bytes / savesBytes);
    }

    /** In a sentence. */
    @Override
    public String toString() {
        String change = pool + ": " + setting + " " + from + " -> " + to;
        String saves = Bytes.text(savesBytes) + " (" + Bytes.text(lowBytes) + " to " + Bytes.text(highBytes) + ")";
        return outcomeBytes == null
                ? change + " saves " + saves + "; costs: " + costs + "; from " + basis
                : change + " was predicted to save " + saves + " and saved " + Bytes.text(outcomeBytes)
                        + (outcomeRatio == null
                                ? ""
                                : String.format(Locale.ROOT, ", %.0f %% of that", 100 * outcomeRatio));
    }
}
