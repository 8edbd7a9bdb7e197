package dev.weir.dashboard;

/** Why a request is not answered as it wished: a status, a word for programs, and a sentence for people. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String text;

    Problem(int status, String code, String text) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static Problem bad(String text) {
        return new Problem(400, "bad-request", text);
    }

    static Problem conflict(String text) {
        return new Problem(409, "conflict", text);
    }

    int status() {
        return status;
    }

    Body body() {
        return new Body(code, text);
    }

    /** As it is sent. */
    record Body(String error, String message) {}
}
