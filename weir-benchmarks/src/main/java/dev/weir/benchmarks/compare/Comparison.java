package dev.weir.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All trials of a run, one after the other. */
final class Comparison implements AutoCloseable {

    /** The shape that settings are tried on: the one that holds most. */
    static final Shape SETTINGS_ON = Shape.LARGE;

    private final Path directory = Files.createTempDirectory("weir-compare");
    private final Size size;
    private final Trial trial;
    private final Consumer<String> progress;
    private final List<ShapeResult> shapes = new ArrayList<>();
    private final List<SettingResult> settings = new ArrayList<>();
    private final List<StepResult> steps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final long begin = System.nanoTime();
    private int done;
    private int planned;

    Comparison(Path jdk, Size size, Consumer<String> progress) throws IOException {
        this.size = size;
        this.progress = progress;
        trial = new Trial(jdk, directory, size);
    }

    /** Runs the shapes, and the settings alone and step by step, if the size has time for them. */
    void run(List<Shape> wanted) {
        boolean alone = size.settingMillis() > 0 && wanted.contains(SETTINGS_ON);
        planned = 3 * wanted.size() + (alone ? 1 + Setting.values().length + Setting.STEPS.size() : 0);
        for (Shape shape : wanted) {
            try {
                Outcome before = attempt(shape, "before", Setup.before(), size.millis());
                Outcome after = attempt(shape, "after", Setup.after(), size.millis());
                Outcome advised = attempt(shape, "advised", Setup.advised(), size.millis());
                shapes.add(ShapeResult.of(shape, before, after, advised));
            } catch (IOException | SQLException | RuntimeException failed) {
                fail(shape.label(), failed);
            }
        }
        if (alone) {
            settingsAlone();
        }
    }

    private void settingsAlone() {
        try {
            // Again, as short as they are: what is compared must have had the same time.
            Outcome before = attempt(SETTINGS_ON, "before, short", Setup.before(), size.settingMillis());
            for (Setting setting : Setting.values()) {
                alone(before, setting.name(), setting.text(), setting.applyTo(Setup.before()));
            }
            stepByStep(before);
        } catch (IOException | SQLException | RuntimeException failed) {
            fail("settings one by one", failed);
        }
    }

    /** One after the other, from before to advised: what each adds to those before it. A step that cannot be measured ends the way; those before it are told. */
    private void stepByStep(Outcome before) throws IOException, SQLException {
        List<StepResult.Step> taken = new ArrayList<>();
        Setup setup = Setup.before();
        try {
            for (Setting setting : Setting.STEPS) {
                setup = setting.applyTo(setup);
                taken.add(new StepResult.Step(
                        setting, attempt(SETTINGS_ON, "and " + setting.name(), setup, size.settingMillis())));
            }
        } finally {
            steps.addAll(StepResult.of(before, taken));
        }
    }

    private void alone(Outcome before, String id, String text, Setup setup) {
        try {
            settings.add(SettingResult.of(id, text, before, attempt(SETTINGS_ON, id, setup, size.settingMillis())));
        } catch (IOException | SQLException | RuntimeException failed) {
            fail(id, failed);
        }
    }

    private Outcome attempt(Shape shape, String side, Setup setup, int millis) throws IOException, SQLException {
        progress.accept(String.format(
                Locale.ROOT,
                "[%d of %d, %d s] %s, %s",
                ++done,
                planned,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                shape.label(),
                side));
        Outcome outcome = trial.run(shape, setup, millis);
        progress.accept(String.format(
                Locale.ROOT,
                "    %.0f MB (PostgreSQL %.0f with %d connections, JVM %.0f, Redis %.0f), %.0f tx/s, p50 %.2f, p99 %.1f ms"
                        + "%s",
                outcome.totalMb(),
                outcome.postgresMb(),
                outcome.connections(),
                outcome.jvmMb(),
                outcome.redisMb(),
                outcome.tps(),
                outcome.p50Ms(),
                outcome.p99Ms(),
                outcome.failed() == 0 ? "" : ", " + outcome.failed() + " failed: " + outcome.firstFailure()));
        return outcome;
    }

    private void fail(String what, Exception failed) {
        failures.add(what + ": " + failed.getMessage());
        progress.accept("    not measured: " + what + ": " + failed.getMessage());
    }

    List<ShapeResult> shapes() {
        return List.copyOf(shapes);
    }

    List<SettingResult> settings() {
        return List.copyOf(settings);
    }

    List<StepResult> steps() {
        return List.copyOf(steps);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
