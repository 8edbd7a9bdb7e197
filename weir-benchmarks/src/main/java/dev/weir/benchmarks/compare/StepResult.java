package dev.weir.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting's share of what all of them save: each was added to those before it, on the way from the service as it was to the one that is advised. The
 * savings of all steps add up to the whole saving, so a setting that only saves what an earlier one has saved already saves nothing here.
 *
 * @param id the setting
 * @param text what it does
 * @param totalMb what the whole held with it and all before it
 * @param savesMb by how much that is less than without it; below zero: more
 * @param sharePercent that, of all that the steps save
 * @param p50Ms half of the transactions were done within this
 * @param p99Ms and 99 of a hundred within this
 * @param verdict {@code saves}, {@code costs}, or {@code saves nothing}
 */
record StepResult(
        String id,
        String text,
        double totalMb,
        double savesMb,
        double sharePercent,
        double p50Ms,
        double p99Ms,
        String verdict) {

    /** A setting and what came of the trial with it. */
    record Step(Setting setting, Outcome outcome) {}

    /** @param before the service as it was, with a load as long as that of the steps */
    static List<StepResult> of(Outcome before, List<Step> steps) {
        List<StepResult> results = new ArrayList<>();
        double all = steps.isEmpty()
                ? 0
                : before.totalMb() - steps.get(steps.size() - 1).outcome().totalMb();
        Outcome previous = before;
        for (Step step : steps) {
            Outcome outcome = step.outcome();
            double saves = previous.totalMb() - outcome.totalMb();
            results.add(new StepResult(
                    step.setting().name(),
                    step.setting().text(),
                    outcome.totalMb(),
                    saves,
                    all == 0 ? 0 : 100 * saves / all,
                    outcome.p50Ms(),
                    outcome.p99Ms(),
                    SettingResult.verdict(saves, before.totalMb())));
            previous = outcome;
        }
        return results;
    }
}
