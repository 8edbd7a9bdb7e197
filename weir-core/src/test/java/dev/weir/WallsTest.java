package dev.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/** The walls inside the core: which package may know which, and what of the JDK it may stand on. */
@AnalyzeClasses(packages = "dev.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule eachPackageKnowsOnlyThoseBelowIt = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("time")
            .definedBy("dev.weir.time..")
            .layer("event")
            .definedBy("dev.weir.event..")
            .layer("budget")
            .definedBy("dev.weir.budget..")
            .layer("pool")
            .definedBy("dev.weir.pool..")
            .layer("monitor")
            .definedBy("dev.weir.monitor..")
            .layer("root")
            .definedBy("dev.weir")
            .whereLayer("time")
            .mayNotAccessAnyLayer()
            .whereLayer("event")
            .mayOnlyAccessLayers("time")
            .whereLayer("budget")
            .mayOnlyAccessLayers("time", "event")
            .whereLayer("pool")
            .mayOnlyAccessLayers("time", "event", "budget")
            .whereLayer("monitor")
            .mayOnlyAccessLayers("time", "event", "budget", "pool");

    @ArchTest
    static final ArchRule noPackageIsOutsideTheOrder = classes()
            .should()
            .resideInAnyPackage(
                    "dev.weir",
                    "dev.weir.time",
                    "dev.weir.event",
                    "dev.weir.budget",
                    "dev.weir.pool",
                    "dev.weir.monitor");

    @ArchTest
    static final ArchRule noPackagesFormACycle =
            SlicesRuleDefinition.slices().matching("dev.weir.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreStandsOnTheJdkAlone =
            classes().should().onlyDependOnClassesThat(new InModules(Set.of("java.base", "java.management")));

    /** Ours, an annotation for the compiler, or a class of one of the named modules of the JDK. */
    private static final class InModules extends DescribedPredicate<JavaClass> {

        private final Set<String> modules;

        InModules(Set<String> modules) {
            super("are Weir's own or belong to " + modules);
            this.modules = modules;
        }

        @Override
        public boolean test(JavaClass javaClass) {
            JavaClass element = javaClass.getBaseComponentType();
            if (element.isPrimitive()
                    || element.getPackageName().equals("dev.weir")
                    || element.getPackageName().startsWith("dev.weir.")
                    || element.getPackageName().startsWith("org.jspecify.annotations")
                    || element.getPackageName().startsWith("com.google.errorprone.annotations")) {
                return true;
            }
            return modules.contains(element.reflect().getModule().getName());
        }
    }
}
