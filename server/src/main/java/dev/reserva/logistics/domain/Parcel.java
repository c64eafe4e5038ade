package dev.reserva.logistics.domain;

import java.util.List;

/**
 * The goods of an order that one location holds.
 *
 * @param lines each product once
 */
public record Parcel(Location location, List<Line> lines) {

  public Parcel {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > Shipment.MAX_LINES) {
      throw new IllegalArgumentException(
          "a parcel must have 1..%d lines, had %d".formatted(Shipment.MAX_LINES, lines.size()));
    }
    Line.requireEachProductOnce(lines);
  }
}
