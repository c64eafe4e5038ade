package dev.reserva.logistics.domain;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.Text;

/**
 * The place that holds the goods of a shipment.
 *
 * @param code 1..{@value #MAX_LENGTH} characters
 */
public record Location(String code) {

  public static final int MAX_LENGTH = 50;

  public static final Location MAIN = new Location(Locations.MAIN);

  public Location {
    code = Text.code("location", code, MAX_LENGTH);
  }
}
