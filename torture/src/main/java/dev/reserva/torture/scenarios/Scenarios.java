package dev.reserva.torture.scenarios;

import dev.reserva.torture.Scenario;
import java.util.List;

/** All scenarios, in the order in which they run. */
public final class Scenarios {
  private Scenarios() {}

  public static List<Scenario> all() {
    return List.of(
        ProcessFaults.killServer(),
        ProcessFaults.killDatabase(),
        ProcessFaults.killBoth(),
        DieAtFailpoint.scenario(
            "AFTER_COMMIT_BEFORE_WAKE_UP", "after a commit, before anybody is told", 300),
        DieAtFailpoint.scenario(
            "AFTER_EFFECT_BEFORE_COMMIT",
            "after the effects are written, before their commit",
            300),
        DieAtFailpoint.scenario(
            "AFTER_LOCAL_DELIVERY_BEFORE_APPEND",
            "after local handlers are through, before anything is appended",
            300),
        DieAtFailpoint.scenario(
            "AFTER_LOCAL_FAILURE_BEFORE_RERUN",
            "after a local handler has failed, before its transaction runs again",
            2,
            new RefusedProducts()),
        DieAtFailpoint.scenario(
            "AFTER_PROVIDER_CALL_BEFORE_RECORD",
            "after the payment provider's answer, before it is on record",
            40),
        ProcessFaults.restartDatabase(),
        NetworkFaults.cutDatabase(),
        NetworkFaults.stallDatabase(),
        NetworkFaults.halfOpenDatabase(),
        NetworkFaults.delayDatabase(),
        NetworkFaults.cutClients(),
        FillDisk.scenario(),
        ShiftClock.ofServer(),
        ShiftClock.ofDatabase(),
        ParkEvents.scenario(),
        RetryStorm.scenario(),
        LargeBodies.scenario(),
        SlowLoris.scenario(),
        SlowConnections.scenario(),
        Fuzz.scenario());
  }
}
