package dev.weir.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The owners of a process and what they share. */
record Attribution(List<OwnerMemory> owners, MemoryFigure shared, long objects, boolean complete) {

    Attribution {
        List<OwnerMemory> sorted = new ArrayList<>(owners);
        sorted.sort(Comparator.comparingLong(OwnerMemory::bytes).reversed());
        owners = List.copyOf(sorted);
    }

    /** What probes told, unweighed. */
    static Attribution withoutAgent(List<FoundOwner> told, List<String> notes) {
        String why = "the agent was not started";
        notes.add("heap was not weighed and no foreign pool was looked for: " + why + " (-javaagent:weir-memory.jar)");
        List<OwnerMemory> owners = new ArrayList<>();
        for (FoundOwner owner : told) {
            Long heap = owner.counts().heapBytes();
            MemoryFigure figure = heap == null
                    ? MemoryFigure.unknown(why)
                    : MemoryFigure.measured(heap, "weighed by the owner itself");
            MemoryFigure unknown = MemoryFigure.unknown(why);
            ServerSide server = owner.server();
            MemoryColumns columns = new MemoryColumns(
                    figure, unknown, unknown, unknown, unknown, unknown, server == null ? unknown : server.figure());
            owners.add(OwnerRecords.of(owner, owner.name(), 0, columns, 1.0, List.of("found by " + owner.foundBy())));
        }
        return new Attribution(owners, MemoryFigure.unknown(why), 0, false);
    }
}
