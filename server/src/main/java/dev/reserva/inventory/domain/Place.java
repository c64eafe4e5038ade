package dev.reserva.inventory.domain;

import java.util.Comparator;

/**
 * A location as far as orders are allocated to it.
 *
 * @param priority 0..{@value Location#MAX_PRIORITY}; a lower number comes first
 * @param active whether orders are served from it
 */
public record Place(LocationCode code, int priority, boolean active) {

  /** By priority, then by code. */
  public static final Comparator<Place> BY_PRIORITY =
      Comparator.comparingInt(Place::priority).thenComparing(Place::code);

  /** The default location as it is at first. */
  public static final Place MAIN = new Place(LocationCode.MAIN, Location.DEFAULT_PRIORITY, true);
}
