package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Who may order, as sales knows it from the customers service. */
public interface Customers {

  /**
   * Whether they may order; who is unknown is left out. Read with the next statement, or when the
   * answer is asked for.
   */
  Supplier<Map<UUID, Boolean>> active(Collection<UUID> ids, UnitOfWork tx);

  /** Whether this one may order; who is unknown may not. */
  default boolean mayOrder(UUID id, UnitOfWork tx) {
    return active(List.of(id), tx).get().getOrDefault(id, false);
  }

  /** Remembers customers; one who is known stays as he is, so that old news revives nobody. */
  void welcome(Collection<UUID> ids, UnitOfWork tx);

  /** Remembers that they may not order any more, known or not. */
  void deactivate(Collection<UUID> ids, UnitOfWork tx);
}
