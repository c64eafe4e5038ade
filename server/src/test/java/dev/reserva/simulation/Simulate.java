package dev.reserva.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code ./reserva simulate}: runs any number of schedules. */
public final class Simulate {

  static final String USAGE =
      """
      Usage: ./reserva simulate [--seeds N] [--seed S] [--plant BUG]

      Plays schedules of the real services on in-memory adapters, in which processes die and stop,
      messages are lost, repeated and mixed, payments come late, twice or never. After every step
      the invariants are checked. docs/simulation.md says more.

        --seeds N    how many schedules; 10,000 if not given
        --seed S     the first one's seed; without --seeds only this one is played
        --plant BUG  plants a bug that is to be found: SKIP_THE_FENCE,
                     CONFIRM_AN_EXPIRED_RESERVATION, DROP_THE_PARKING_RULE,
                     SKIP_THE_KEY_CHECK, SHIP_THE_REST_TWICE,
                     SHIP_FROM_THE_WRONG_PLACE, REFUND_WITH_NEW_KEYS or
                     IGNORE_THE_HEAD

      Ends with 1 when an invariant is violated, after saying how to play that schedule again.
      """;

  private static final long MANY = 10_000;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private Simulate() {}

  /** The options. */
  record Options(long first, long seeds, @Nullable PlantedBug bug) {

    /**
     * @throws IllegalArgumentException when it cannot be understood
     */
    static Options parse(String... arguments) {
      Long first = null;
      Long seeds = null;
      PlantedBug bug = null;
      for (int i = 0; i < arguments.length; i += 2) {
        if (i + 1 == arguments.length) {
          throw new IllegalArgumentException(arguments[i] + " needs a value");
        }
        String value = arguments[i + 1];
        switch (arguments[i]) {
          case "--seed" -> first = Long.valueOf(value);
          case "--seeds" -> {
            seeds = Long.valueOf(value);
            if (seeds < 1) {
              throw new IllegalArgumentException("--seeds must be 1 or more, was " + value);
            }
          }
          case "--plant" -> bug = PlantedBug.valueOf(value.toUpperCase(Locale.ROOT));
          default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
        }
      }
      return new Options(
          first == null ? 1 : first, seeds != null ? seeds : first == null ? MANY : 1, bug);
    }
  }

  public static void main(String... arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("reserva: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    System.exit(run(options) ? 0 : 1);
  }

  /**
   * @return whether all invariants held
   */
  static boolean run(Options options) {
    Simulation.silence();
    var report = new SimulationReport();
    long lastLine = System.nanoTime();
    for (long i = 0; i < options.seeds() && report.violations() == 0; i++) {
      Verdict verdict = Simulation.play(options.first() + i, options.bug());
      report.add(verdict);
      if (verdict.violation() != null) {
        System.out.println(verdict.report(options.bug()));
      } else if (options.seeds() == 1) {
        verdict.last().forEach(line -> System.out.println("  " + line));
      }
      if (System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
        lastLine = System.nanoTime();
        System.out.println(report.progress());
      }
    }
    System.out.print(report.table(options));
    return report.violations() == 0;
  }
}
