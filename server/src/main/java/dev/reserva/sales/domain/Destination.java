package dev.reserva.sales.domain;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.Text;

/**
 * Where goods that come back go.
 *
 * @param restock whether they can be sold again; else they are written off
 * @param location code of the place, such as {@link Locations#MAIN}
 */
public record Destination(boolean restock, String location) {

  public static final int MAX_CODE_LENGTH = 50;

  /** Back into the stock of the default location. */
  public static final Destination STOCK = new Destination(true, Locations.MAIN);

  public Destination {
    location = Text.code("location", location, MAX_CODE_LENGTH);
  }
}
