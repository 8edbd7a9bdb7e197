package dev.weir.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * A thing that can be asked for or done.
 *
 * @param method the HTTP method
 * @param template the path as the OpenAPI file has it; {@code {pool}} is a pool's name
 * @param pattern what the template means
 * @param handler what is done
 */
record Route(String method, String template, Pattern pattern, Handler handler) {

    /**
     * What was asked.
     *
     * @param pool the pool's name, or nothing where the path has none
     * @param body what was sent: an object, empty where nothing was
     * @param resolution {@code second} or {@code minute}
     */
    record Call(String pool, JsonNode body, String resolution) {}

    /** Does it, and returns what is to be answered. */
    @FunctionalInterface
    interface Handler {
        Object handle(Call call);
    }

    static Route of(String method, String template, Handler handler) {
        String expression = Pattern.quote(template).replace("{pool}", "\\E(.+)\\Q");
        return new Route(method, template, Pattern.compile(expression), handler);
    }

    boolean changes() {
        return !method.equals("GET");
    }
}
