package dev.reserva.inventory.domain;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.Text;

/**
 * The code of a place that holds stock, such as {@link Locations#MAIN}. Upper and lower case are
 * different.
 *
 * @param value 1..{@value #MAX_LENGTH} characters
 */
public record LocationCode(String value) implements Comparable<LocationCode> {

  public static final int MAX_LENGTH = 50;

  /** The default location. It always exists. */
  public static final LocationCode MAIN = new LocationCode(Locations.MAIN);

  public LocationCode {
    value = Text.code("location", value, MAX_LENGTH);
  }

  /** The location of this code; {@link #MAIN} as the one constant. */
  public static LocationCode of(String code) {
    return code.equals(Locations.MAIN) ? MAIN : new LocationCode(code);
  }

  public boolean isMain() {
    return value.equals(Locations.MAIN);
  }

  @Override
  public int compareTo(LocationCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
