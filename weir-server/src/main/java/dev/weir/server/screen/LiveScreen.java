package dev.weir.server.screen;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A terminal: a table at its foot that is drawn over itself, and above it lines that stay and scroll away. Each change
 * is one write, and a line is overwritten before its rest is cleared, so nothing flickers.
 */
public final class LiveScreen implements Screen {

    private static final String ESC = "\u001b[";
    private static final String CLEAR_REST_OF_LINE = ESC + "K";
    private static final String CLEAR_BELOW = ESC + "J";
    private static final String BOLD = ESC + "1m";
    private static final String YELLOW = ESC + "33m";
    private static final String PLAIN = ESC + "0m";
    /** How the table's heading begins; see {@link Frame}. */
    private static final String HEADING = "pool ";

    private final ReentrantLock lock = new ReentrantLock();
    private final PrintStream out;
    private final IntSupplier width;
    private final boolean color;
    /** Lines at the foot that the next write draws over. */
    private int drawn;

    private @Nullable Sample last;

    /**
     * Draws on a terminal.
     *
     * @param width the terminal's width in characters, asked for each drawing
     * @param color whether colours are wanted
     */
    public LiveScreen(PrintStream out, IntSupplier width, boolean color) {
        this.out = out;
        this.width = width;
        this.color = color;
    }

    @Override
    public void say(String line) {
        write(line, "");
    }

    @Override
    public void warn(String line) {
        write(line, YELLOW);
    }

    private void write(String line, String style) {
        lock.lock();
        try {
            StringBuilder text = home();
            for (String each : line.split("\n", -1)) {
                append(text, each, style);
            }
            drawn = 0;
            if (last != null) {
                foot(text, Frame.lines(last, usable()));
            }
            flush(text);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void progress(String what, double share) {
        lock.lock();
        try {
            StringBuilder text = home();
            drawn = 0;
            String line = share < 0 ? what + " …" : what + " … " + Math.round(100 * share) + " %";
            foot(text, List.of(Table.cut(line, usable())));
            flush(text);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void show(Sample sample) {
        lock.lock();
        try {
            last = sample;
            StringBuilder text = home();
            drawn = 0;
            foot(text, Frame.lines(sample, usable()));
            flush(text);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settle() {
        lock.lock();
        try {
            last = null;
            drawn = 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isGone() {
        return out.checkError();
    }

    /** One less than the terminal has: a character in the last column makes some of them begin a new line. */
    private int usable() {
        return Math.max(20, width.getAsInt() - 1);
    }

    private StringBuilder home() {
        StringBuilder text = new StringBuilder("\r");
        if (drawn > 0) {
            text.append(ESC).append(drawn).append('A');
        }
        return text;
    }

    private void foot(StringBuilder text, List<String> lines) {
        for (String line : lines) {
            append(text, line, line.startsWith(HEADING) ? BOLD : "");
        }
        drawn = lines.size();
    }

    private void append(StringBuilder text, String line, String style) {
        boolean styled = color && !style.isEmpty();
        text.append(styled ? style : "")
                .append(line)
                .append(styled ? PLAIN : "")
                .append(CLEAR_REST_OF_LINE)
                .append('\n');
    }

    private void flush(StringBuilder text) {
        out.print(text.append(CLEAR_BELOW));
        out.flush();
    }
}
