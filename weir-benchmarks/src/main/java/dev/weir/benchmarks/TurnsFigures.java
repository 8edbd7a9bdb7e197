package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What the turns of one variant are told as. */
final class TurnsFigures {

    private final Subject subject;
    private final String variant;
    private final List<Figure> figures = new ArrayList<>();

    private TurnsFigures(Subject subject, String variant) {
        this.subject = subject;
        this.variant = variant;
    }

    /** The time that doing it once takes a thread. */
    static List<Figure> times(Subject subject, String variant, Turns turns, int threads) {
        TurnsFigures all = new TurnsFigures(subject, variant);
        all.spread("off", turns.off(each -> threads * 1e9 / each.perSecond()), "ns");
        all.spread("on", turns.on(each -> threads * 1e9 / each.perSecond()), "ns");
        all.interval("overhead", turns.more(each -> threads * 1e9 / each.perSecond()), "ns");
        return all.figures;
    }

    /** How often it is done in a second, and what of the processors it takes once, in this JVM and in the server's sessions. */
    static List<Figure> rates(Subject subject, String variant, Turns turns) {
        TurnsFigures all = new TurnsFigures(subject, variant);
        all.spread("off", turns.off(each -> each.perSecond() / 1e3), "k/s");
        all.spread("on", turns.on(each -> each.perSecond() / 1e3), "k/s");
        all.interval("overhead", turns.percentLess(Reading.Turn::perSecond), "%");
        all.spread("CPU off", turns.off(each -> each.cpuEach() / 1e3), "µs");
        all.spread("CPU on", turns.on(each -> each.cpuEach() / 1e3), "µs");
        all.interval("CPU overhead", turns.percentMore(Reading.Turn::cpuEach), "%");
        return all.figures;
    }

    private void spread(String metric, double[] values, String unit) {
        figures.add(Medians.figure(subject.row().id(), variant, subject.pool(), metric, values, unit));
    }

    private void interval(String metric, SignedRank difference, String unit) {
        figures.add(new Figure(
                subject.row().id(), variant, subject.pool(), metric, difference.value(), difference.error(), unit));
    }
}
