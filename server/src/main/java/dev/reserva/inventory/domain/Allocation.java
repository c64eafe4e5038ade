package dev.reserva.inventory.domain;

import java.util.List;

/**
 * The locations that serve an order.
 *
 * @param held what each of them holds, in the order of the order's lines
 */
public record Allocation(List<Held> held, AllocationReason reason) {
  public Allocation {
    held = List.copyOf(held);
  }
}
