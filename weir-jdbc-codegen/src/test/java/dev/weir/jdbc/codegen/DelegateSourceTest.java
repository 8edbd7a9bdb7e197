package dev.weir.jdbc.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated source, by the compiler that builds Weir. */
class DelegateSourceTest {

    private static final String PACKAGE_INFO = """
            @dev.weir.jdbc.codegen.GenerateDelegate({
                java.sql.Connection.class, java.sql.Statement.class, java.sql.PreparedStatement.class,
                java.sql.ResultSet.class, java.sql.DatabaseMetaData.class})
            package home;
            """;

    @TempDir
    private Path directory;

    private Map<String, String> sources = Map.of();

    @BeforeEach
    void generate() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocation(StandardLocation.SOURCE_OUTPUT, List.of(directory.toFile()));
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(directory.toFile()));
            JavaFileObject packageInfo =
                    new SimpleJavaFileObject(
                            URI.create("string:///home/package-info.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return PACKAGE_INFO;
                        }
                    };
            List<String> options = List.of("--release", "17", "-proc:only");
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, diagnostic -> {}, options, null, List.of(packageInfo));
            task.setProcessors(List.of(new DelegateProcessor()));
            assertThat(task.call())
                    .as("compiled without the hand-written half, which is not there and not needed to write the other")
                    .isFalse();
        }
        sources = read();
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> read = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("home"))) {
            for (Path file : files.toList()) {
                read.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return read;
    }

    private String source(String name) {
        return sources.getOrDefault(name, "");
    }

    @Test
    void oneClassForEachInterface() {
        assertThat(sources)
                .containsOnlyKeys(
                        "DelegatingConnection",
                        "DelegatingStatement",
                        "DelegatingPreparedStatement",
                        "DelegatingResultSet",
                        "DelegatingDatabaseMetaData");
    }

    @Test
    void aCallToTheServerIsEnteredAndLeft() {
        assertThat(source("DelegatingConnection")).contains("""
                            public void commit() throws SQLException {
                                Connection raw = enter();
                                try {
                                    raw.commit();
                                } catch (SQLException e) {
                                    throw failed(e);
                                } finally {
                                    exit();
                                }
                            }
                        """);
    }

    @Test
    void whatLeadsBackIsAdopted() {
        assertThat(source("DelegatingConnection")).contains("return adopt(raw.prepareStatement(p1), p1);");
        assertThat(source("DelegatingStatement")).contains("return adopt(raw.getGeneratedKeys());");
        assertThat(source("DelegatingResultSet")).contains("return adopt(raw.getObject(p1, p2), p2);");
        assertThat(source("DelegatingDatabaseMetaData")).contains("return adopt(raw.getCatalogs());");
    }

    @Test
    void whatIsHandedBackIsBared() {
        assertThat(source("DelegatingPreparedStatement")).contains("raw.setArray(p1, LeasedArray.bare(p2));");
        assertThat(source("DelegatingPreparedStatement")).contains("raw.setObject(p1, LeasedArray.bare(p2));");
    }

    @Test
    void statementsAreRunUnderTheTimeout() {
        assertThat(source("DelegatingStatement"))
                .contains("Statement raw = begin(p1);")
                .contains("end();");
        assertThat(source("DelegatingPreparedStatement"))
                .contains("PreparedStatement raw = (PreparedStatement) begin();");
    }

    @Test
    void whatMeansSomethingToAPoolIsLeftToTheHand() {
        assertThat(source("DelegatingConnection"))
                .doesNotContain("void close()")
                .doesNotContain("unwrap(");
        assertThat(source("DelegatingResultSet")).doesNotContain("boolean next()");
    }
}
