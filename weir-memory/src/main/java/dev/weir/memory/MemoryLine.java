package dev.weir.memory;

import java.io.Serializable;

/**
 * A line of the process's account.
 *
 * @param name what it is, such as {@code application heap}
 * @param figure its bytes; those of {@code unexplained} are negative where the lines say more than is resident
 */
public record MemoryLine(String name, MemoryFigure figure) implements Serializable {}
