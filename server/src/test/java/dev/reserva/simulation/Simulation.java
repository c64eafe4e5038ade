package dev.reserva.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Plays schedules. The same seed plays the same, on every machine. */
public final class Simulation {

  private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.reserva");

  private Simulation() {}

  /** Each of a million failures is on purpose: none is to be logged. */
  public static void silence() {
    OURS.setLevel(Level.OFF);
  }

  public static void speak() {
    OURS.setLevel(null);
  }

  /**
   * Plays one schedule.
   *
   * @param bug what is planted; nothing when absent
   */
  public static Verdict play(long seed, @Nullable PlantedBug bug) {
    return new Schedule(seed, bug).play();
  }
}
