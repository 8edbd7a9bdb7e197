package dev.weir.benchmarks;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The walls between the modules, and the rules that hold in all of them. It stands here because this is the last module that
 * is built: by then every class file of the house is there.
 */
class HouseTest {

    /** Surefire runs a module's tests in the module's own directory. */
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            entry("weir-core", Set.of()),
            entry("weir-postgres", Set.of()),
            entry("weir-redis-local", Set.of()),
            entry("weir-mariadb-local", Set.of()),
            entry("weir-jdbc-codegen", Set.of()),
            entry("weir-jdbc", Set.of("weir-core")),
            entry("weir-redis", Set.of("weir-core")),
            entry("weir-http", Set.of("weir-core")),
            entry("weir-memory", Set.of("weir-core")),
            entry("weir-metrics", Set.of("weir-core")),
            entry("weir-socketio", Set.of("weir-core")),
            entry("weir-dashboard", Set.of("weir-core", "weir-memory", "weir-socketio")),
            entry("weir-check", Set.of("weir-core", "weir-memory")),
            entry(
                    "weir-server",
                    Set.of(
                            "weir-core",
                            "weir-jdbc",
                            "weir-redis",
                            "weir-http",
                            "weir-memory",
                            "weir-metrics",
                            "weir-socketio",
                            "weir-dashboard",
                            "weir-check",
                            "weir-postgres",
                            "weir-redis-local")),
            entry(
                    "weir-benchmarks",
                    Set.of(
                            "weir-core",
                            "weir-jdbc",
                            "weir-redis",
                            "weir-http",
                            "weir-memory",
                            "weir-metrics",
                            "weir-socketio",
                            "weir-dashboard",
                            "weir-postgres",
                            "weir-redis-local")));

    private static final JavaClasses SHIPPED = read("classes");
    private static final JavaClasses TESTS = read("test-classes");

    @Test
    void everyModuleIsInTheTableAndIsBuilt() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            assertThat(files.filter(file -> Files.exists(file.resolve("pom.xml")))
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(MAY_SEE.keySet());
        }
        assertThat(MAY_SEE.keySet()).allSatisfy(module -> {
            assertThat(read(module, "classes")).isNotEmpty();
            assertThat(read(module, "test-classes")).isNotEmpty();
        });
    }

    @Test
    void aModuleSeesOnlyThoseOnAFloorBelow() {
        Map<String, Set<String>> members = new HashMap<>();
        MAY_SEE.keySet()
                .forEach(module -> members.put(
                        module,
                        read(module, "classes").stream().map(JavaClass::getName).collect(Collectors.toSet())));
        MAY_SEE.forEach((module, below) -> {
            DescribedPredicate<JavaClass> walled = DescribedPredicate.describe(
                    "are of a module that " + module + " may not see",
                    type -> members.entrySet().stream()
                            .filter(other -> !other.getKey().equals(module) && !below.contains(other.getKey()))
                            .anyMatch(other -> other.getValue().contains(type.getName())));
            noClasses().should().dependOnClassesThat(walled).check(read(module, "classes"));
        });
    }

    @Test
    void everyNameSaysAConcept() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Impl)")
                .orShould()
                .haveNameMatching(".*\\.Abstract\\w*Base")
                .because("a helper with no home is a missing concept")
                .check(SHIPPED);
    }

    @Test
    void noTestIsSwitchedOff() {
        DescribedPredicate<JavaAnnotation<?>> switchesOff =
                DescribedPredicate.describe("that switches tests off", HouseTest::switchesOff);
        noClasses().should().beAnnotatedWith(switchesOff).check(TESTS);
        noCodeUnits().should().beAnnotatedWith(switchesOff).check(TESTS);
        noClasses()
                .should()
                .dependOnClassesThat(have(HasName.Predicates.nameMatching(
                        "org\\.(junit\\.jupiter|assertj\\.core)\\.api\\.(Bdd)?Assumptions")))
                .because("a test that assumes something away is a skipped test")
                .check(TESTS);
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .because("a test waits for what it expects, or moves the ticker itself")
                .check(TESTS);
    }

    private static boolean switchesOff(JavaAnnotation<?> annotation) {
        JavaClass type = annotation.getRawType();
        return type.getPackageName().equals("org.junit.jupiter.api.condition")
                || List.of(
                                "org.junit.jupiter.api.Disabled",
                                "net.jqwik.api.Disabled",
                                "com.tngtech.archunit.junit.ArchIgnore")
                        .contains(type.getName());
    }

    private static JavaClasses read(String module, String output) {
        return new ClassFileImporter()
                .importPath(ROOT.resolve(module).resolve("target").resolve(output));
    }

    private static JavaClasses read(String output) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return new ClassFileImporter()
                    .importPaths(modules.filter(
                                    module -> module.getFileName().toString().startsWith("weir-"))
                            .map(module -> module.resolve("target").resolve(output))
                            .filter(Files::isDirectory)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
