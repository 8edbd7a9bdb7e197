package dev.weir.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the owners, walks them one after the other, and makes their records. For one analysis. */
final class OwnerAttribution {

    /** Of the objects that may be looked at, one in so many goes to the search. */
    private static final int SEARCH_SHARE = 3;

    /** Kernel structures of one end of a TCP connection, as measured on Linux 6. */
    private static final long SOCKET_BYTES = 3_686;

    private record Walked(FoundOwner owner, Tally tally) {}

    private final HeapAccess access;
    private final WalkBudget budget;
    private final long deadline;

    OwnerAttribution(HeapAccess access, WalkBudget budget) {
        this.access = access;
        this.budget = budget;
        this.deadline = ThreadTime.nanos() + budget.time().toNanos();
    }

    Attribution of(List<FoundOwner> told, List<String> notes) {
        ClassPlans plans = new ClassPlans(access);
        Allowance searching = new Allowance(
                budget.objects() / SEARCH_SHARE, deadline - budget.time().toNanos() / 2);
        OwnerSearch search = new OwnerSearch(plans, searching);
        List<OwnerSearch.Sighting> seen = search.run();
        notes.add("owners of known libraries are found from statics, live threads and MBeans; one that only local "
                + "variables or the inside of large collections refer to is missed"
                + (searching.exhausted() ? "; the search was cut short by its budget and may have missed more" : ""));
        OwnershipWalk walk = new OwnershipWalk(plans);
        List<Walked> walked = walkAll(told, seen, walk);
        Map<Long, Integer> ranges = new HashMap<>();
        walked.forEach(one -> one.tally().addresses().forEach(at -> ranges.merge(at, 1, Integer::sum)));
        Map<Integer, Integer> numbers = new HashMap<>();
        walked.forEach(one -> one.tally().descriptors.forEach(at -> numbers.merge(at, 1, Integer::sum)));
        walked.forEach(one -> one.tally().descriptors.removeIf(at -> numbers.getOrDefault(at, 1) > 1));
        ThreadStacks stacks = ThreadStacks.in(MemoryMap.ofThisProcess());
        List<OwnerMemory> owners = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean complete = !searching.exhausted();
        for (Walked one : walked) {
            complete &= !one.tally().cutShort;
            owners.add(record(one, ranges, stacks, names));
        }
        MemoryFigure shared = MemoryFigure.measured(walk.sharedBytes(), "reached by several owners, counted once");
        return new Attribution(owners, shared, search.objects() + walk.objects(), complete);
    }

    private List<Walked> walkAll(List<FoundOwner> told, List<OwnerSearch.Sighting> seen, OwnershipWalk walk) {
        Set<Object> borders = Collections.newSetFromMap(new IdentityHashMap<>());
        told.forEach(owner -> borders.addAll(owner.roots()));
        seen.stream().filter(one -> one.known().rank == 0).forEach(one -> borders.add(one.owner()));
        List<FoundOwner> owners = new ArrayList<>(told);
        FieldPaths paths = new FieldPaths(access);
        List<Object> given =
                told.stream().flatMap(owner -> owner.roots().stream()).toList();
        for (OwnerSearch.Sighting one : seen) {
            if (given.stream().noneMatch(root -> root == one.owner())) {
                owners.add(owner(one, paths));
            }
        }
        List<Walked> walked = new ArrayList<>();
        long left = budget.objects() - budget.objects() / SEARCH_SHARE;
        for (int i = 0; i < owners.size(); i++) {
            FoundOwner owner = owners.get(i);
            if (owner.roots().stream().allMatch(walk::reached)) {
                continue; // an inner part of an owner that was walked: it is that owner's
            }
            Set<String> types = owner.connectionTypes();
            Map<Class<?>, Boolean> verdicts = new HashMap<>();
            Predicate<Class<?>> connection =
                    type -> verdicts.computeIfAbsent(type, asked -> TypeNames.any(asked, types::contains));
            long before = walk.steps();
            Allowance allowance = new Allowance(left / (owners.size() - i), deadline);
            walked.add(new Walked(owner, walk.walk(owner.roots(), connection, borders::contains, allowance)));
            left -= walk.steps() - before;
        }
        return walked;
    }

    private static FoundOwner owner(OwnerSearch.Sighting one, FieldPaths paths) {
        KnownOwner known = one.known();
        return new FoundOwner(
                known.nameOf(one.owner(), paths),
                known.title,
                known.kindOf(one.owner(), paths),
                List.of(one.owner()),
                known.connectionType.isEmpty() ? Set.of() : Set.of(known.connectionType),
                OwnCounts.of(one.owner(), paths),
                one.foundBy());
    }

    private OwnerMemory record(Walked one, Map<Long, Integer> ranges, ThreadStacks stacks, Set<String> names) {
        Tally tally = one.tally();
        double factor = tally.extrapolation();
        int sockets = Descriptors.sockets(tally.descriptors);
        List<String> evidence = new ArrayList<>();
        evidence.add("found by " + one.owner().foundBy());
        evidence.add(tally.objects + " objects walked" + (tally.cutShort ? ", then cut short by the budget" : ""));
        if (tally.connections > 0) {
            evidence.add(tally.connections + " connections met in the walk");
        }
        if (sockets > 0) {
            evidence.add(sockets + " open sockets by their descriptors");
        }
        if (!tally.threads.isEmpty()) {
            evidence.add(tally.threads.size() + " threads of its own");
        }
        MemoryColumns columns = new MemoryColumns(
                heap(tally.exclusive, factor),
                heap(tally.shared, factor),
                heap(tally.inFlight, factor),
                MemoryFigure.measured(tally.directBytes(ranges), "direct buffers met in the walk, overlaps once"),
                stacks.of(tally.threads),
                sockets == 0
                        ? MemoryFigure.NONE
                        : MemoryFigure.estimated(
                                sockets * SOCKET_BYTES, sockets + " sockets of some 3.6 kB, queues not counted"),
                serverSide(one.owner(), sockets == 0 && tally.connections == 0));
        return OwnerRecords.of(
                one.owner(),
                unique(one.owner().name(), names),
                one.owner().connectionTypes().isEmpty() ? sockets : tally.connections,
                columns,
                factor,
                evidence);
    }

    private static MemoryFigure serverSide(FoundOwner owner, boolean withoutConnections) {
        ServerSide told = owner.server();
        if (told != null) {
            return told.figure();
        }
        return withoutConnections ? MemoryFigure.NONE : MemoryFigure.unknown("the server was not asked");
    }

    private static MemoryFigure heap(long bytes, double factor) {
        return factor == 1.0
                ? MemoryFigure.measured(bytes, "walk of the object graph")
                : MemoryFigure.estimated(
                        Math.round(bytes * factor), Bytes.text(bytes) + " walked, the rest extrapolated");
    }

    private static String unique(String name, Set<String> names) {
        String candidate = name;
        for (int n = 2; !names.add(candidate); n++) {
            candidate = name + " #" + n;
        }
        return candidate;
    }
}
