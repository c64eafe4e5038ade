package dev.reserva.logistics.domain;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a command to dispatch a shipment. */
public sealed interface DispatchOutcome {

  /**
   * @param rest the further shipment with the goods that stay; absent if all have left
   * @param moves in their order
   */
  record Dispatched(Shipment shipment, @Nullable Shipment rest, List<Move> moves)
      implements DispatchOutcome {
    public Dispatched {
      moves = List.copyOf(moves);
    }
  }

  /** The same had been done before; nothing changed. */
  record DoneBefore(Shipment shipment) implements DispatchOutcome {}

  /** Its state does not allow it; nothing changed. */
  record WrongState(Shipment shipment) implements DispatchOutcome {}

  /** Products that are not in the shipment; nothing changed. */
  record NotInShipment(Shipment shipment, List<UUID> products) implements DispatchOutcome {
    public NotInShipment {
      products = List.copyOf(products);
    }
  }

  /** More units than the shipment has; nothing changed. */
  record TooMany(Shipment shipment, UUID productId, int named, int has)
      implements DispatchOutcome {}
}
