package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;
import java.util.UUID;

/**
 * A place that holds stock.
 *
 * @param name 1..{@value #MAX_NAME} characters
 * @param priority 0..{@value #MAX_PRIORITY}; a location with a lower number serves orders first,
 *     among equals the one whose code sorts first
 * @param active whether orders are served from it. Stock that it holds for orders stays held
 */
public record Location(UUID id, LocationCode code, String name, int priority, boolean active) {

  public static final int MAX_NAME = 200;
  public static final int MAX_PRIORITY = 10_000;
  public static final int DEFAULT_PRIORITY = 100;

  public Location {
    name = name(name);
    priority = priority(priority);
  }

  /**
   * @throws IllegalArgumentException if it is no name
   */
  public static String name(String text) {
    return Text.line("name", text, 1, MAX_NAME);
  }

  /**
   * @throws IllegalArgumentException if it is out of range
   */
  public static int priority(int number) {
    if (number < 0 || number > MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "priority must be 0..%d, was %d".formatted(MAX_PRIORITY, number));
    }
    return number;
  }
}
