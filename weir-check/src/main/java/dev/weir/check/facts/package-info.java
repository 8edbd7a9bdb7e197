/** What is known of a service: its pools with their settings, whatever each of them calls these, and what surrounds them. */
@NullMarked
package dev.weir.check.facts;

import org.jspecify.annotations.NullMarked;
