/**
 * What Weir costs, beside what its peers cost.
 *
 * <p>{@link dev.weir.benchmarks.Bench} is the command. {@code Measurement} goes through the rows ({@code Row}) and lets the
 * pools take turns; {@code Forks} starts a JVM for each turn, in which {@code Fork} has the row's {@code Work} done and
 * hands back {@code Figure}s. {@code Medians} joins the turns into a {@code Result}, which {@code Table}, {@code JsonFile} and
 * {@code HtmlPage} tell. Only the row {@code outage} is different: its JVMs ({@code OutageFork}) suffer what {@code OutageRow}
 * does to their server.
 */
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
