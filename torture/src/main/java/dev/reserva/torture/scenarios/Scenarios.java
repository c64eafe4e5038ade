package dev.reserva.torture.scenarios;

import dev.reserva.torture.Scenario;
import java.util.List;

/** All scenarios, in the order in which they are played. */
public final class Scenarios {
  private Scenarios() {}

  public static List<Scenario> all() {
    return List.of(
        new KillServer(),
        new KillDatabase(),
        new KillBoth(),
        new DieAtFailpoint(
            "AFTER_COMMIT_BEFORE_WAKE_UP", "after a commit, before anybody is told", 300),
        new DieAtFailpoint(
            "AFTER_EFFECT_BEFORE_COMMIT",
            "after the effects are written, before their commit",
            300),
        new DieAtFailpoint(
            "AFTER_LOCAL_DELIVERY_BEFORE_APPEND",
            "after local handlers are through, before anything is appended",
            300),
        new DieAtFailpoint(
            "AFTER_LOCAL_FAILURE_BEFORE_RERUN",
            "after a local handler has failed, before its transaction runs again",
            2,
            new RefusedProducts()),
        new DieAtFailpoint(
            "AFTER_PROVIDER_CALL_BEFORE_RECORD",
            "after the payment provider's answer, before it is on record",
            40),
        new RestartDatabase(),
        new CutDatabase(),
        new StallDatabase(),
        new ForgetDatabase(),
        new DelayDatabase(),
        new CutClients(),
        new FillDisk(),
        new ShiftClock(ShiftClock.Whose.SERVER),
        new ShiftClock(ShiftClock.Whose.DATABASE),
        new ParkEvents(),
        new RetryStorm(),
        new LargeBodies(),
        new SlowLoris(),
        new Fuzz());
  }
}
