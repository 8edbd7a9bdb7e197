package dev.weir.server.config;

import java.util.LinkedHashMap;
import java.util.List;

/** A piece of a YAML document that knows where it stands; lines and columns count from 1. */
sealed interface YamlNode {

    /** The line it begins on. */
    int line();

    /** The column it begins at. */
    int column();

    /** What it is, for a message. */
    String kind();

    /** A mapping, in the order of the file; the keys keep their own places. */
    record Mapping(int line, int column, LinkedHashMap<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a group of fields";
        }
    }

    /** A field of a mapping: where its name stands, and its value. */
    record Entry(int line, int column, YamlNode value) {}

    /** A list. */
    record Sequence(int line, int column, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A single value as it was written; {@code text} is empty for a field without a value. */
    record Scalar(int line, int column, String text, boolean missing) implements YamlNode {
        @Override
        public String kind() {
            return missing ? "nothing" : "'" + text + "'";
        }
    }
}
