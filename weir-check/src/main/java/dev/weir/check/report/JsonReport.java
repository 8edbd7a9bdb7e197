package dev.weir.check.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.check.Finding;
import dev.weir.check.Report;
import dev.weir.check.Severity;
import java.util.Locale;

/** A report for programs; {@code docs/cli.md} describes its fields. */
public final class JsonReport {

    static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /** The report as one JSON object. */
    public static String text(Report report, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("verb", "check");
        root.put("version", version);
        root.put("target", report.target());
        root.put("score", report.score());
        root.put("worst", report.worst().map(JsonReport::name).orElse(null));
        root.put("pools", report.pools());
        root.put("errors", report.count(Severity.ERROR));
        root.put("warnings", report.count(Severity.WARNING));
        root.put("notes", report.count(Severity.NOTE));
        var findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("rule", finding.rule().number())
                    .put("severity", name(finding.rule().severity()))
                    .put("title", finding.rule().title())
                    .put("source", finding.place().source())
                    .put("line", finding.place().line())
                    .put("key", finding.place().key())
                    .put("pool", finding.pool())
                    .put("what", finding.what())
                    .put("why", finding.rule().why())
                    .put("fix", finding.rule().advice())
                    .put("write", finding.line())
                    .put("reference", finding.rule().source());
        }
        var remarks = root.putArray("notSeen");
        report.remarks().forEach(remarks::add);
        return text(root);
    }

    static String name(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    static String text(ObjectNode root) {
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }
}
