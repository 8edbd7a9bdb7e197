package dev.weir.http;

/** The way in: {@code WeirHttp.builder()} collects the settings, and what is built from it is one of the pools. */
public final class WeirHttp {

    private WeirHttp() {}

    /** A pool to be set up. */
    public static WeirHttpBuilder builder() {
        return new WeirHttpBuilder();
    }
}
