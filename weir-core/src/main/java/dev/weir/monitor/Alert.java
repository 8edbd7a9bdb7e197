package dev.weir.monitor;

/**
 * An alert that is open.
 *
 * @param pool the pool's name
 * @param rule the rule's name
 * @param sinceNanos when it was raised, on the pool's ticker
 * @param message what it means and the figure that raised it
 */
public record Alert(String pool, String rule, long sinceNanos, String message) {}
