package dev.weir.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Measures who owns the memory of this process. Each analysis runs on the caller's thread, locks nothing and changes no
 * object; schedule it, and never run it on a borrower's path. Thread-safe: analyses take turns.
 *
 * <p>Heap is weighed where the agent was started: {@code -javaagent:weir-memory.jar}, or attached. Without it only what probes
 * and the JVM's own beans tell is reported, and the report says so.
 */
public final class ProcessMemoryAnalyzer {

    private final WalkBudget budget;
    private final List<MemoryProbe> probes;

    private ProcessMemoryAnalyzer(WalkBudget budget, List<MemoryProbe> probes) {
        this.budget = budget;
        this.probes = List.copyOf(probes);
    }

    /** An analyzer with the default budget and the probes that {@link ServiceLoader} finds. */
    public static ProcessMemoryAnalyzer create() {
        return builder().build();
    }

    /** An analyzer to be set up. */
    public static Builder builder() {
        return new Builder();
    }

    /** Measures now; takes as much of a processor's time as the budget allows at most, and a little for the JVM's own figures. */
    public MemoryReport analyze() {
        return analyze(HeapAccess.ofThisProcess());
    }

    synchronized MemoryReport analyze(@Nullable HeapAccess access) {
        long begin = System.nanoTime();
        long allocated = ThreadAllocation.bytes();
        List<String> notes = new ArrayList<>();
        List<FoundOwner> told = told(notes);
        Attribution attribution = access == null
                ? Attribution.withoutAgent(told, notes)
                : new OwnerAttribution(access, budget).of(told, notes);
        ProcessAccount account = ProcessAccount.read(attribution, access, notes);
        List<MemoryAdvice> advice = advice(notes);
        long spent = ThreadAllocation.bytes() - allocated;
        AnalysisCost cost = new AnalysisCost(
                (System.nanoTime() - begin) / 1e6,
                attribution.objects(),
                allocated < 0 ? -1 : spent,
                0,
                attribution.complete());
        return new MemoryReport(
                Instant.now().toString(),
                ProcessHandle.current().pid(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                attribution.owners(),
                attribution.shared(),
                account.lines(),
                account.direct(),
                account.residentBytes(),
                ContainerLimits.read().orElse(null),
                advice,
                cost,
                notes);
    }

    private List<FoundOwner> told(List<String> notes) {
        List<FoundOwner> told = new ArrayList<>();
        for (MemoryProbe probe : probes) {
            try {
                told.addAll(probe.find());
            } catch (RuntimeException failure) {
                notes.add("the probe " + probe.getClass().getName() + " failed and its owners are missing: " + failure);
            }
        }
        return told;
    }

    private List<MemoryAdvice> advice(List<String> notes) {
        List<MemoryAdvice> advice = new ArrayList<>();
        for (MemoryProbe probe : probes) {
            try {
                advice.addAll(probe.advice());
            } catch (RuntimeException failure) {
                notes.add("the probe " + probe.getClass().getName() + " failed and its advice is missing: " + failure);
            }
        }
        return advice;
    }

    /** Sets an analyzer up. Not thread-safe. */
    public static final class Builder {

        private WalkBudget budget = WalkBudget.DEFAULT;
        private final List<MemoryProbe> probes = new ArrayList<>();

        private Builder() {}

        /** What an analysis may use; {@link WalkBudget#DEFAULT} where nothing is said. */
        public Builder budget(WalkBudget value) {
            budget = value;
            return this;
        }

        /** Adds a probe to those that {@link ServiceLoader} finds. */
        public Builder probe(MemoryProbe probe) {
            probes.add(probe);
            return this;
        }

        /** Makes the analyzer. */
        public ProcessMemoryAnalyzer build() {
            List<MemoryProbe> all = new ArrayList<>(probes);
            try {
                ServiceLoader.load(MemoryProbe.class, MemoryProbe.class.getClassLoader())
                        .forEach(all::add);
            } catch (ServiceConfigurationError broken) {
                throw new IllegalStateException(
                        "a provider in META-INF/services/" + MemoryProbe.class.getName() + " cannot be used", broken);
            }
            return new ProcessMemoryAnalyzer(budget, all);
        }
    }
}
