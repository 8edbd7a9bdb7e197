package dev.weir.memory;

import java.io.Serializable;

/**
 * What an analysis cost the process.
 *
 * @param millis its time, in milliseconds
 * @param objects objects looked at, in the search and in the walks
 * @param allocatedBytes bytes its thread allocated; garbage when it is over. Negative where the JVM does not count them
 * @param retainedBytes bytes that the analyzer keeps from one analysis to the next
 * @param complete whether everything was walked within the budget of time and objects
 */
public record AnalysisCost(double millis, long objects, long allocatedBytes, long retainedBytes, boolean complete)
        implements Serializable {}
