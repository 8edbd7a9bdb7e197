package dev.weir.check.facts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where connections go and what the driver is told. Credentials are left out when it is read: {@link #hasPassword} is all that
 * remains of them.
 *
 * @param product the server
 * @param hosts the host or hosts with their ports, as written; empty: the driver's own, this machine
 * @param parameters for the driver, without passwords; names in any case
 * @param hasPassword whether a password stood in the URL
 */
public record Target(Product product, String hosts, Map<String, String> parameters, boolean hasPassword) {

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?(?<scheme>[a-z0-9+]+(?::(?:thin|oci|mysql|loadbalance|aurora|replication|sequential))?):"
                    + "(?<rest>.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String HOST = "(\\[[0-9a-fA-F:.%]+\\]|[\\w.-]+)?(:\\d{1,5})?";

    /** Anything else is not shown: it may be a part of a password. */
    private static final Pattern HOSTS = Pattern.compile(HOST + "(," + HOST + ")*");

    /** What a secret is called in the URLs and properties of drivers. */
    public static final Pattern SECRET = Pattern.compile("(?i).*(passw|pwd|secret|token|passphrase).*");

    /** Reads a JDBC or Redis URL; empty when it is neither. */
    public static Optional<Target> of(String url) {
        Matcher matcher = URL.matcher(url.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = String.valueOf(matcher.group("rest"));
        Product product = product(String.valueOf(matcher.group("scheme")).toLowerCase(Locale.ROOT));
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int semicolon = product == Product.SQLSERVER || product == Product.H2 ? rest.indexOf(';') : -1;
        int question = semicolon >= 0 ? semicolon : rest.indexOf('?');
        boolean secret = question >= 0 && read(rest.substring(question + 1), parameters);
        String before = question >= 0 ? rest.substring(0, question) : rest;
        int at = before.lastIndexOf('@');
        String login = at < 0 ? "" : before.substring(0, at).replaceFirst("^//", "");
        secret |= login.matches(product == Product.ORACLE ? ".*[:/].+" : ".*:.+");
        if (product == Product.REDIS && url.toLowerCase(Locale.ROOT).startsWith("rediss:")) {
            parameters.put("ssl", "true");
        }
        String hosts = at >= 0 || before.startsWith("//") ? hosts(before.substring(at + 1)) : "";
        return Optional.of(new Target(product, hosts, Collections.unmodifiableMap(parameters), secret));
    }

    private static String hosts(String place) {
        String hosts = place.replaceFirst("^//", "").replaceFirst("/.*", "");
        return HOSTS.matcher(hosts).matches() ? hosts : "";
    }

    private static boolean read(String text, Map<String, String> parameters) {
        boolean secret = false;
        for (String pair : text.split("[&;]", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (SECRET.matcher(name).matches()) {
                secret |= !value.isEmpty();
            } else if (!name.isBlank()) {
                parameters.put(name.strip(), decoded(value));
            }
        }
        return secret;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return value;
        }
    }

    private static Product product(String scheme) {
        return switch (scheme.replaceAll(":.*", "")) {
            case "postgresql" -> Product.POSTGRESQL;
            case "mysql", "mysql+srv" -> Product.MYSQL;
            case "mariadb" -> Product.MARIADB;
            case "sqlserver" -> Product.SQLSERVER;
            case "oracle" -> Product.ORACLE;
            case "h2" -> Product.H2;
            case "redis", "rediss" -> Product.REDIS;
            default -> Product.OTHER;
        };
    }

    /** The same with what the driver is told beside the URL, which goes before it with PostgreSQL's driver and MySQL's. */
    Target with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(more);
        all.putAll(parameters);
        return new Target(product, hosts, Collections.unmodifiableMap(all), hasPassword);
    }

    /** Whether every host is this machine: then nobody listens on the way. False where the host is not known. */
    public boolean isLoopback() {
        if (hosts.isEmpty()) {
            return product == Product.POSTGRESQL || product == Product.MYSQL || product == Product.H2;
        }
        for (String host : hosts.split(",", -1)) {
            String name = host.replaceAll("^\\[|\\](:\\d+)?$", "").replaceAll("^([^:]*):\\d+$", "$1");
            if (!name.equalsIgnoreCase("localhost")
                    && !name.startsWith("127.")
                    && !name.equals("::1")
                    && !name.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it goes over a network at all, as far as can be told. */
    public boolean isRemote() {
        return product != Product.H2 && product != Product.OTHER && !hosts.isEmpty() && !isLoopback();
    }
}
