package dev.weir.check;

import dev.weir.check.facts.Place;
import dev.weir.check.rule.Rule;

/**
 * A rule that fires.
 *
 * @param rule the rule
 * @param place where
 * @param pool which pool; empty where it is not about one
 * @param what the case, with its figures and without secrets
 * @param line the line to write; empty where the rule's advice is all
 */
public record Finding(Rule rule, Place place, String pool, String what, String line) {}
