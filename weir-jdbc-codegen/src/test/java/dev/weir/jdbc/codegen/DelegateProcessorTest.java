package dev.weir.jdbc.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;

class DelegateProcessorTest {

    @Test
    void theCompilerFindsTheProcessor() {
        assertThat(ServiceLoader.load(Processor.class)).hasAtLeastOneElementOfType(DelegateProcessor.class);
    }
}
