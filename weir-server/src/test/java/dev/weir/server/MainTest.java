package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class MainTest {

    @Test
    void theCommandIsNamedAfterTheScript() {
        assertThat(Main.class.getAnnotation(Command.class).name()).isEqualTo("weir");
    }
}
