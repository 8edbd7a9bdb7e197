package dev.weir.postgres;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whom the server runs as: PostgreSQL refuses root, so root hands over to {@code nobody}; others stay who they are. */
final class ServerAccount {

    private static final String NOBODY = "nobody";
    /** The group of nobody has different names, but one number. */
    private static final String NOBODYS_GROUP = "65534";

    private final boolean root;

    private ServerAccount(boolean root) {
        this.root = root;
    }

    static ServerAccount ofThisProcess() {
        return new ServerAccount("root".equals(System.getProperty("user.name")));
    }

    /** The command, run as this account. Both programs belong to util-linux. */
    List<String> command(List<String> command) {
        if (!root) {
            return command;
        }
        List<String> handedOver = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODYS_GROUP, "--clear-groups", "--"));
        handedOver.addAll(command);
        return handedOver;
    }

    /** Lets the account write into a directory that this process made. */
    void give(Path directory) throws IOException {
        if (root) {
            Files.setOwner(
                    directory,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
        }
    }
}
