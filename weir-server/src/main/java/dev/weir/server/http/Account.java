package dev.weir.server.http;

/**
 * What the endpoint answers.
 *
 * @param account the number that was asked for
 * @param balance what it holds, which follows from its number
 * @param tag what the question carried
 */
record Account(int account, long balance, String tag) {

    static final int COUNT = 100_000;

    /** The right answer to a question. */
    static Account of(int account, String tag) {
        return new Account(account, account * 7_919L % 100_003 - 50_000, tag);
    }
}
