/** Findings for people, for programs, and for the tools that read SARIF. */
@NullMarked
package dev.weir.check.report;

import org.jspecify.annotations.NullMarked;
