package dev.weir.server.load;

/** What one user does through a pool, an operation at a time. Used by one thread. */
public interface Work {

    /**
     * Carries out the next operation: takes a connection, uses it, gives it back.
     *
     * @throws WrongAnswerException if an answer came that is not the one to this question
     * @throws Exception whatever else the client says
     */
    void next() throws Exception;

    /** What the failure of the latest operation means. */
    default Meaning meaning(Throwable failure) {
        return Meaning.of(failure);
    }
}
