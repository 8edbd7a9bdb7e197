package dev.weir.check.read;

import dev.weir.check.facts.Place;

/**
 * A key with its value, as it stands in a file.
 *
 * @param key whole, with dots
 * @param value as written; empty where there is none
 * @param place its line
 */
record Entry(String key, String value, Place place) {}
