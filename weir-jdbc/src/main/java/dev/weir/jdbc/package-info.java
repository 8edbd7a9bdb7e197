/**
 * JDBC connections on the Weir engine.
 *
 * <p>A borrower holds a {@link dev.weir.jdbc.LeasedConnection}, made anew for each lease and worthless after it. The driver's connection
 * behind it, with everything Weir remembers about it, is a {@link dev.weir.jdbc.PhysicalConnection}; that is what the engine
 * pools. Everything a handle gives out, statements, result sets, metadata, arrays, leads back to the handle and
 * never to the driver's connection. The classes named {@code Delegating…} only forward and are generated at build
 * time from the {@code java.sql} interfaces; what means something to a pool is written by hand, in the classes named
 * {@code Leased…}.
 */
@GenerateDelegate({
    Connection.class,
    Statement.class,
    PreparedStatement.class,
    CallableStatement.class,
    ResultSet.class,
    DatabaseMetaData.class,
    Array.class
})
@NullMarked
package dev.weir.jdbc;

import dev.weir.jdbc.codegen.GenerateDelegate;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.NullMarked;
