package dev.weir.metrics;

import java.util.List;

/** All pools of a manager, and their memory budget, for JMX. */
public interface ManagerMXBean {
    /** The names of the pools. */
    List<String> getPools();

    /** The memory budget in bytes; {@link Long#MAX_VALUE}: without a limit. */
    long getBudgetLimitBytes();

    /** Bytes of it that pools hold. */
    long getBudgetGrantedBytes();

    /** How often a listener to events has thrown. */
    long getListenerFailures();

    /** The worst of the pools': {@code UP}, {@code DEGRADED}, {@code SATURATED} or {@code UNREACHABLE}. */
    String getHealth();

    /** Each reason why it is not {@code UP}, after the name of its pool. */
    List<String> getHealthReasons();
}
