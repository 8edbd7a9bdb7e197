package dev.weir.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the machine's processors have done so far, where Linux tells it: a measurement is worth as much as the machine was
 * left to it.
 *
 * @param total seconds of all processors, idle ones included
 * @param busy seconds spent by anybody
 * @param stolen seconds that a hypervisor gave to other machines
 * @param own seconds of this process and those that it started and that have ended
 */
record CpuTimes(double total, double busy, double stolen, double own) {

    /** The kernel tells times in hundredths of a second, whatever its own tick. */
    private static final double TICKS = 100;

    private static final CpuTimes UNKNOWN = new CpuTimes(0, 0, 0, 0);

    static CpuTimes now() {
        try {
            return of(
                    Files.readAllLines(Path.of("/proc/stat")).get(0),
                    Files.readString(Path.of("/proc/self/stat")).trim());
        } catch (IOException | RuntimeException notLinux) {
            return UNKNOWN;
        }
    }

    /** Of the first line of {@code /proc/stat} and of {@code /proc/self/stat}; proc(5) has their fields. */
    static CpuTimes of(String machine, String process) {
        double[] times = numbers(machine.substring("cpu".length()).trim(), 8);
        double total = 0;
        for (double time : times) {
            total += time;
        }
        double idle = times[3] + times[4];
        // The process's name may hold spaces; what follows it begins with field 3.
        List<String> fields =
                List.of(process.substring(process.lastIndexOf(')') + 2).split(" ", -1));
        double own = 0;
        for (int field = 14; field <= 17; field++) {
            own += Double.parseDouble(fields.get(field - 3));
        }
        return new CpuTimes(total / TICKS, (total - idle - times[7]) / TICKS, times[7] / TICKS, own / TICKS);
    }

    private static double[] numbers(String text, int count) {
        String[] parts = text.split(" +", -1);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Double.parseDouble(parts[i]);
        }
        return numbers;
    }

    /** The part of the machine, in per cent, that other processes took since; negative where nobody knows. */
    double othersSince(CpuTimes before) {
        double span = total - before.total;
        return span <= 0 ? -1 : Math.max(0, 100 * (busy - before.busy - (own - before.own)) / span);
    }

    /** The part of the machine, in per cent, that the hypervisor kept since; negative where nobody knows. */
    double stolenSince(CpuTimes before) {
        double span = total - before.total;
        return span <= 0 ? -1 : 100 * (stolen - before.stolen) / span;
    }

    /** The load average of the last minute; negative where the system does not tell. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
