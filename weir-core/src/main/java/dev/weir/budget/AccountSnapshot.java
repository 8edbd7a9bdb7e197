package dev.weir.budget;

/**
 * An account at one moment.
 *
 * @param name the name it was opened with
 * @param floorBytes bytes set aside for it
 * @param weight its part of what no floor sets aside, relative to the others
 * @param ceilingBytes bytes it never asks beyond
 * @param grantedBytes bytes it holds
 * @param demandBytes bytes it was refused and still wants; zero: none
 * @param fairShareBytes what it would hold if everyone insisted on its due
 * @param refusals how often it was refused for want of room
 * @param reclaims how often it was asked to close a connection and did
 */
public record AccountSnapshot(
        String name,
        long floorBytes,
        int weight,
        long ceilingBytes,
        long grantedBytes,
        long demandBytes,
        long fairShareBytes,
        long refusals,
        long reclaims) {}
