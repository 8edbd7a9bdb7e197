package dev.weir.metrics.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.Timespan;

@Name("dev.weir.Wait")
@Label("Wait")
@Description("A request that had to queue has its connection")
final class WaitEvent extends SlotFlightEvent {

    @Label("Waited")
    @Timespan
    final long waited;

    WaitEvent(String pool, int slot, long nanos) {
        super(pool, slot);
        waited = nanos;
    }

    @Name("minimum")
    @Label("Minimum")
    @Description("Waits shorter than this are not recorded")
    @SettingDefinition
    boolean minimum(Minimum setting) {
        return setting.reaches(waited);
    }
}
