package dev.reserva.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that change the {@link Plan}. */
final class PlanOptions {
  private static final int FEWEST_TURNS = 3;
  private static final int MOST_TURNS = 15;
  private static final int LONGEST_PHASE = 120;
  private static final int LONGEST_WARM_UP = 300;
  private static final int LONGEST_HOLD = 1_800;

  @Option(
      names = "--quick",
      description =
          "1,000 instead of 10,000 products and short phases: some four minutes, with --against six")
  private boolean quick;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description =
          "how often each version is measured with --against, 3..15 (default: 5, with --quick 3)")
  private @Nullable Integer turns;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "load before anything is measured, 1..300 (default: 45, with --quick 10)")
  private @Nullable Integer warmUp;

  @Option(
      names = "--phase",
      paramLabel = "SECONDS",
      description = "length of each closed loop, 1..120 (default: 10, with --quick 3)")
  private @Nullable Integer phase;

  @Option(
      names = "--open-loop",
      paramLabel = "SECONDS",
      description = "length of each open loop, 1..120 (default: 20, with --quick 6)")
  private @Nullable Integer openLoop;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      description = "how long nothing is done, 1..120 (default: 10, with --quick 5)")
  private @Nullable Integer idle;

  @Option(
      names = "--overload",
      paramLabel = "SECONDS",
      description = "length of each overload, 1..120 (default: 10, with --quick 4)")
  private @Nullable Integer overload;

  @Option(
      names = "--hold",
      paramLabel = "SECONDS",
      description =
          "how long a snapshot is held open, 10..1800 (default: 600, with --quick 60; not with"
              + " --against)")
  private @Nullable Integer hold;

  /**
   * The plan of the run.
   *
   * @throws BenchFailure if an option is out of its bounds
   */
  Plan plan() {
    Plan plan = quick ? Plan.shortened() : Plan.whole();
    return new Plan(
        plan.quick(),
        plan.skus(),
        plan.clients(),
        turns == null ? plan.turns() : within("--turns", turns, FEWEST_TURNS, MOST_TURNS),
        seconds("--warm-up", warmUp, 1, LONGEST_WARM_UP, plan.warmUp()),
        seconds("--phase", phase, 1, LONGEST_PHASE, plan.phase()),
        seconds("--open-loop", openLoop, 1, LONGEST_PHASE, plan.openLoop()),
        plan.baselineWarmUp(),
        seconds("--idle", idle, 1, LONGEST_PHASE, plan.idle()),
        plan.loneOrders(),
        seconds("--overload", overload, 1, LONGEST_PHASE, plan.overload()),
        plan.overloadConnections(),
        seconds("--hold", hold, 10, LONGEST_HOLD, plan.hold()));
  }

  private static Duration seconds(
      String option, @Nullable Integer value, int least, int most, Duration otherwise) {
    return value == null ? otherwise : Duration.ofSeconds(within(option, value, least, most));
  }

  private static int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BenchFailure("%s must be %d..%d, was %d".formatted(option, least, most, value));
    }
    return value;
  }
}
