package dev.weir.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that every answer carries, so that a browser lets the page do what it needs and nothing else. */
final class Headers {

    private Headers() {}

    private static Map<String, String> common() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        return headers;
    }

    /** Of an answer to a program. */
    static Map<String, String> api(String type) {
        Map<String, String> headers = common();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        return headers;
    }

    /** Of a file of the page; {@code host} is a checked one, for browsers that do not count WebSockets to "self". */
    static Map<String, String> page(String type, String tag, String host) {
        Map<String, String> headers = common();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-cache");
        headers.put("ETag", tag);
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                        + "connect-src 'self' ws://" + host + " wss://" + host
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        return headers;
    }
}
