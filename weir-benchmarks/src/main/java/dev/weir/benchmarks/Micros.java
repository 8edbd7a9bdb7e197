package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What JMH measures. It runs in the fork it is called in: the forks here are ours, which alternate between the pools and
 * end a pool that hangs.
 *
 * @param micros one for each variant
 */
record Micros(List<Micro> micros) implements Work {

    static Micros of(Micro... micros) {
        return new Micros(List.of(micros));
    }

    @Override
    public List<String> variants() {
        return micros.stream().map(Micro::variant).toList();
    }

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Micro micro : micros) {
            if (subject.wants(micro.variant())) {
                figures.addAll(micro.measure(subject));
            }
        }
        return figures;
    }
}
