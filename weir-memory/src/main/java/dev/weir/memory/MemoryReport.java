package dev.weir.memory;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who owns the memory of a process. Made of plain records, numbers, strings and lists, so that any JSON library writes it
 * with these names; units are bytes unless a name says otherwise.
 *
 * <p>{@link #process} closes on the resident set: its lines, the last of which is {@code unexplained}, add up to
 * {@link #residentBytes}. What owners hold in the kernel and on servers is not in it.
 *
 * @param takenAt when, ISO-8601 in UTC
 * @param pid the process
 * @param jvm the JVM's name and version
 * @param owners the owners found, the biggest first
 * @param shared heap that several owners reach, counted once
 * @param process the lines that add up to the resident set
 * @param direct what buffers hold outside the heap, as it is counted by those who allocate it
 * @param residentBytes the process's resident set; 0 where it could not be read
 * @param container the limits around the process; {@code null} where there are none
 * @param advice what changes of settings would save, and what earlier ones have saved
 * @param cost what the analysis cost
 * @param notes what was not looked at or may have been missed, and what would show more
 */
public record MemoryReport(
        String takenAt,
        long pid,
        String jvm,
        List<OwnerMemory> owners,
        MemoryFigure shared,
        List<MemoryLine> process,
        DirectMemory direct,
        long residentBytes,
        @Nullable ContainerLimits container,
        List<MemoryAdvice> advice,
        AnalysisCost cost,
        List<String> notes)
        implements Serializable {

    /** Copies the lists. */
    public MemoryReport {
        owners = List.copyOf(owners);
        process = List.copyOf(process);
        advice = List.copyOf(advice);
        notes = List.copyOf(notes);
    }

    /** Bytes of the resident set that no line explains; negative where the lines say more than is resident. */
    public long unexplainedBytes() {
        return process.isEmpty()
                ? residentBytes
                : process.get(process.size() - 1).figure().bytes();
    }

    /** As a table of text. */
    @Override
    public String toString() {
        return ReportTable.of(this);
    }
}
