package dev.weir.pool;

/** How a pool chooses its size between its minimum and its maximum. */
public enum Scaling {
    /** It grows whenever requests wait, and shrinks as connections reach the idle timeout. */
    ON_DEMAND,
    /**
     * It aims for the smallest size beyond which growing no longer helps, judged by what earlier steps did to
     * throughput and waiting; every step is an event with its reason.
     */
    ADAPTIVE
}
