package dev.weir.benchmarks.compare;

/**
 * A shape on each side, and what is wanted of it.
 *
 * @param name the shape
 * @param before the service as it was
 * @param after the same on Weir, with the same JVM flags
 * @param advised that, with all that Weir advises
 * @param wantedPercent by how much {@code advised} is to hold less than {@code before}
 * @param savedPercent by how much it does
 * @param noSlower whether its p50 and p99 are no longer
 * @param met whether all of that is so, and no work failed
 */
record ShapeResult(
        String name,
        Outcome before,
        Outcome after,
        Outcome advised,
        double wantedPercent,
        double savedPercent,
        boolean noSlower,
        boolean met) {

    static ShapeResult of(Shape shape, Outcome before, Outcome after, Outcome advised) {
        double wanted = shape == Shape.LARGE ? 80 : 50;
        double saved = advised.savedPercent(before);
        boolean noSlower = advised.isNoSlowerThan(before);
        boolean met = saved >= wanted && noSlower && after.failed() + advised.failed() == 0;
        return new ShapeResult(shape.label(), before, after, advised, wanted, saved, noSlower, met);
    }
}
