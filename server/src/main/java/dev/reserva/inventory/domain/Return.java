package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/**
 * Goods of an order that have come back.
 *
 * @param id of the return, which is taken back once
 * @param lines at least one, each product once
 * @param restock whether they are stock again; else they are written off
 * @param location where they are
 */
public record Return(
    UUID id, UUID orderId, List<Line> lines, boolean restock, LocationCode location) {

  public Return {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("lines must be at least 1, was 0");
    }
    if (lines.stream().map(Line::productId).distinct().count() < lines.size()) {
      throw new IllegalArgumentException("lines must name each product once");
    }
  }
}
