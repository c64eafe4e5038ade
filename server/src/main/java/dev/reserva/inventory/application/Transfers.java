package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Goods on their way between locations. */
public interface Transfers {

  void add(Transfer transfer, UnitOfWork tx);

  /** The transfer, locked until the transaction ends. */
  Optional<Transfer> lock(UUID id, UnitOfWork tx);

  /** Writes the end of a locked transfer. */
  void end(Transfer transfer, UnitOfWork tx);

  Optional<Transfer> find(UUID id, UnitOfWork tx);

  /**
   * Newest first.
   *
   * @param before only transfers with a lower id
   */
  List<Transfer> list(
      @Nullable TransferStatus status,
      @Nullable UUID productId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx);
}
