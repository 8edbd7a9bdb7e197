package dev.weir.server.screen;

/** Where a run shows itself. Thread-safe. */
public interface Screen {

    /** A step that is done, or something that happened: a line that stays. */
    void say(String line);

    /** A warning: a line that stays, and that a quiet reader should see too. */
    void warn(String line);

    /**
     * A step under way.
     *
     * @param what the step
     * @param share how much of it is done, from 0 to 1; negative when that is unknown
     */
    void progress(String what, double share);

    /** The run as it is now. */
    void show(Sample sample);

    /** Takes what moves off the screen, so that lines can follow. */
    void settle();

    /** Whether the reader has gone, as {@code head} does when it has seen enough. */
    boolean isGone();
}
