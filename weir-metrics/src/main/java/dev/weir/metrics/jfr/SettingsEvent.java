package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Settings")
@Label("Settings")
@Description("Settings were changed")
final class SettingsEvent extends PoolFlightEvent {

    @Label("Changes")
    final String changes;

    SettingsEvent(PoolEvent.SettingsChanged e) {
        super(e.pool());
        changes = String.join("\n", e.changes());
    }
}
