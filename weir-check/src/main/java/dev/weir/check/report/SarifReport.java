package dev.weir.check.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.check.Finding;
import dev.weir.check.Report;
import dev.weir.check.facts.Place;
import dev.weir.check.rule.Rule;
import dev.weir.check.rule.Rules;
import java.net.URI;
import java.net.URISyntaxException;

/** A report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines it is about. */
public final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifReport() {}

    /** The report as a SARIF log of one run. */
    public static String text(Report report, String version) {
        ObjectNode root = JsonReport.JSON.createObjectNode();
        root.put("$schema", SCHEMA);
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "weir check");
        driver.put("version", version);
        ArrayNode rules = driver.putArray("rules");
        Rules.ALL.forEach(rule -> describe(rules.addObject(), rule));
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        report.findings().forEach(finding -> result(results.addObject(), finding));
        run.putObject("properties").put("score", report.score());
        return JsonReport.text(root);
    }

    private static void describe(ObjectNode node, Rule rule) {
        node.put("id", rule.number());
        node.putObject("shortDescription").put("text", rule.title());
        node.putObject("fullDescription").put("text", rule.why());
        node.putObject("help").put("text", rule.advice() + " Source: " + rule.source());
        node.putObject("defaultConfiguration").put("level", JsonReport.name(rule.severity()));
    }

    private static void result(ObjectNode node, Finding finding) {
        node.put("ruleId", finding.rule().number());
        node.put("ruleIndex", Rules.ALL.indexOf(finding.rule()));
        node.put("level", JsonReport.name(finding.rule().severity()));
        String mend = finding.line().isEmpty()
                ? finding.rule().advice()
                : finding.rule().advice() + " Write: " + finding.line();
        node.putObject("message").put("text", finding.what() + ". " + mend);
        Place place = finding.place();
        ObjectNode location = node.putArray("locations").addObject();
        if (place.line() > 0) {
            ObjectNode physical = location.putObject("physicalLocation");
            physical.putObject("artifactLocation").put("uri", uri(place.source()));
            physical.putObject("region").put("startLine", place.line());
        }
        String name = place.key().isEmpty() ? place.source() : place.key();
        location.putArray("logicalLocations").addObject().put("fullyQualifiedName", name);
        node.putObject("partialFingerprints")
                .put("weir/v1", finding.rule().number() + ":" + finding.pool() + ":" + place.key());
    }

    /** A path as a reference, relative as it was given. */
    private static String uri(String path) {
        try {
            return new URI(null, null, path.replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException odd) {
            return java.nio.file.Path.of(path).toUri().toString();
        }
    }
}
