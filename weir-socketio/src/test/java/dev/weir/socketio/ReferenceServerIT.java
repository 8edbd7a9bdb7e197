package dev.weir.socketio;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Who judges the judge: what is asked of Weir must hold on Node's own server, but for what is marked as Weir's alone. */
@Tag("first-jdk")
class ReferenceServerIT {

    @TestFactory
    Stream<DynamicTest> scenarios() throws Exception {
        return Scenarios.judge(Scenarios.REFERENCE, "node", "--expose-gc", "reference.mjs");
    }
}
