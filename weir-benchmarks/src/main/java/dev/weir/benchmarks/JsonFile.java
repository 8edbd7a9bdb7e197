package dev.weir.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** The figures for machines; docs/cli.md says what the fields mean. */
final class JsonFile {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonFile() {}

    static void write(Result result, Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), tree(result));
    }

    static ObjectNode tree(Result result) {
        ObjectNode root = MAPPER.createObjectNode().put("verb", "bench");
        ArrayNode rows = root.putArray("rows");
        for (Figure figure : result.rows()) {
            ObjectNode row = rows.addObject()
                    .put("bench", figure.bench())
                    .put("variant", figure.variant())
                    .put("pool", figure.pool())
                    .put("metric", figure.metric())
                    .put("value", figure.value());
            if (Double.isNaN(figure.error())) {
                row.putNull("error");
            } else {
                row.put("error", figure.error());
            }
            row.put("unit", figure.unit());
        }
        ObjectNode environment = MAPPER.valueToTree(result.environment());
        ArrayNode loads = environment.putArray("load");
        for (Result.Load load : result.loads()) {
            ObjectNode node = MAPPER.valueToTree(load);
            loads.add(node.put("title", Row.of(load.bench()).title()));
        }
        root.set("environment", environment);
        root.set("failures", MAPPER.valueToTree(result.failures()));
        root.set("remarks", MAPPER.valueToTree(result.remarks()));
        return root;
    }
}
