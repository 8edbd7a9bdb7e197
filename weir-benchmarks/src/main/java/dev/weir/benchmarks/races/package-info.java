/**
 * Each pair of moves on a pool that may race, for jcstress: it repeats the race some hundred thousand times and counts
 * what came of it. {@code RacesTest} runs them as part of the gate; {@code java -cp 'lib/*' org.openjdk.jcstress.Main -v}
 * runs them longer. Not null-marked: jcstress makes the states and results, and generates code beside these classes.
 *
 * <p>Every outcome that a race does not name is forbidden.
 */
package dev.weir.benchmarks.races;
