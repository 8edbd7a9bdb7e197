package dev.weir.server.screen;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/** A log: a line for each step, and a line every few seconds while the load runs. */
public final class PlainScreen implements Screen {

    private final ReentrantLock lock = new ReentrantLock();
    private final PrintStream out;
    private final PrintStream err;
    private final int everySeconds;
    private String announced = "";
    private long nextSeconds;

    /** Writes a sample to {@code out} about every so many seconds, and warnings to {@code err}. */
    public PlainScreen(PrintStream out, PrintStream err, int everySeconds) {
        this.out = out;
        this.err = err;
        this.everySeconds = everySeconds;
        this.nextSeconds = everySeconds;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void warn(String line) {
        err.println(line);
    }

    @Override
    public void progress(String what, double share) {
        lock.lock();
        try {
            if (!what.equals(announced)) {
                announced = what;
                say(what + " …");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void show(Sample sample) {
        lock.lock();
        try {
            if (sample.elapsed().toSeconds() >= nextSeconds) {
                nextSeconds = sample.elapsed().toSeconds() + everySeconds;
                say(Frame.line(sample));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settle() {}

    @Override
    public boolean isGone() {
        return out.checkError();
    }
}
