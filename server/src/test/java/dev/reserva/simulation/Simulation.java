package dev.reserva.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Runs schedules. The same seed gives the same run on every machine. */
public final class Simulation {

  private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.reserva");

  private Simulation() {}

  /** A million failures are injected, so none is logged. */
  public static void silence() {
    OURS.setLevel(Level.OFF);
  }

  public static void speak() {
    OURS.setLevel(null);
  }

  /**
   * Runs one schedule.
   *
   * @param bug the planted bug; absent if there is none
   */
  public static Verdict play(long seed, @Nullable PlantedBug bug) {
    return new Schedule(seed, bug).play();
  }
}
