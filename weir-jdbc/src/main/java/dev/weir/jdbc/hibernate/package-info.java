/**
 * Hibernate on Weir's own data source: name {@link dev.weir.jdbc.hibernate.WeirConnectionProvider} as its connection
 * provider. Nothing else of Weir needs Hibernate.
 */
@NullMarked
package dev.weir.jdbc.hibernate;

import org.jspecify.annotations.NullMarked;
