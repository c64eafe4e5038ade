package dev.reserva.torture;

import dev.reserva.torture.stage.Stage;

/** One way in which the world misbehaves, and how the server is seen to bear it. */
public interface Scenario {

  /** Short and stable, as {@code --only} takes it. */
  String name();

  /** What is done, in half a line. */
  String fault();

  /** By what it is proven that the fault happened, in half a line. */
  String proof();

  /**
   * Plays it from an empty folder to the verdict. What it starts on the stage is ended by the
   * stage.
   */
  Outcome play(Stage stage) throws Exception;
}
