package dev.weir.server;

/** Which Weir this is. */
public final class Version {

    private Version() {}

    /** The version as the jar states it; {@code development} where the classes run outside their jar. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
