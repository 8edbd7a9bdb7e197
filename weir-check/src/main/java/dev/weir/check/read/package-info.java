/** Files into facts: Weir's own, those of pools, and Spring Boot's. */
@NullMarked
package dev.weir.check.read;

import org.jspecify.annotations.NullMarked;
