package dev.weir.pool;

import java.time.Duration;

/**
 * When a connection was weighed, and what it weighed.
 *
 * @param slot its slot's number
 * @param age how long it is open
 * @param since how long ago it was weighed
 * @param weight what it was found to hold
 */
public record SlotWeight(int slot, Duration age, Duration since, ConnectionWeight weight) {}
