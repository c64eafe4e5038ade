package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferOutcome;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Moves stock between locations in two steps: it leaves one, and later arrives at the other or is
 * taken back. In between it is stock of no location, so no order can reserve it.
 */
public final class TransferStock {

  private final Transfers transfers;
  private final Locations locations;
  private final Bookkeeping bookkeeping;
  private final Ids ids;

  public TransferStock(
      Transfers transfers, Locations locations, Reservations reservations, Stocks stocks, Ids ids) {
    this.transfers = transfers;
    this.locations = locations;
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.ids = ids;
  }

  /**
   * @param to another location than {@code from}
   */
  public record Command(
      UUID productId, Quantity quantity, LocationCode from, LocationCode to, ByHand by) {}

  /** Sends units that no order holds. */
  public TransferOutcome send(Command command, Cause cause, UnitOfWork tx) {
    Set<LocationCode> known = locations.existing(List.of(command.from(), command.to()), tx);
    for (LocationCode code : List.of(command.from(), command.to())) {
      if (!known.contains(code)) {
        return new TransferOutcome.UnknownLocation(code);
      }
    }
    OpenBook open = bookkeeping.forProducts(Set.of(command.productId()), tx);
    TransferOutcome outcome =
        open.book()
            .byHand()
            .send(
                Transfer.sent(
                    ids.next(),
                    command.productId(),
                    command.quantity(),
                    command.from(),
                    command.to(),
                    command.by().reason(),
                    open.now()),
                command.by());
    if (outcome instanceof TransferOutcome.Moved moved) {
      transfers.add(moved.transfer(), tx);
      StockFacts.moved(moved, cause, tx);
    }
    return outcome;
  }

  /**
   * Adds the units to the stock of the location that they were sent to.
   *
   * @return the outcome; empty if there is no such transfer
   */
  public Optional<TransferOutcome> receive(UUID id, ByHand by, Cause cause, UnitOfWork tx) {
    return end(id, TransferStatus.RECEIVED, by, cause, tx);
  }

  /**
   * Adds the units to the stock of the location that they came from.
   *
   * @return the outcome; empty if there is no such transfer
   */
  public Optional<TransferOutcome> cancel(UUID id, ByHand by, Cause cause, UnitOfWork tx) {
    return end(id, TransferStatus.CANCELLED, by, cause, tx);
  }

  private Optional<TransferOutcome> end(
      UUID id, TransferStatus how, ByHand by, Cause cause, UnitOfWork tx) {
    return transfers
        .lock(id, tx)
        .map(transfer -> {
          if (!transfer.isInTransit()) {
            return transfer.status() == how
                ? new TransferOutcome.DoneBefore(transfer)
                : new TransferOutcome.EndedOtherwise(transfer);
          }
          LocationCode destination =
              how == TransferStatus.RECEIVED ? transfer.to() : transfer.from();
          bookkeeping.open(Map.of(destination, Set.of(transfer.productId())), tx);
          OpenBook open = bookkeeping.forProducts(Set.of(transfer.productId()), tx);
          TransferOutcome outcome =
              open.book().byHand().arrive(transfer.ended(how, open.now()), by);
          if (outcome instanceof TransferOutcome.Moved moved) {
            transfers.end(moved.transfer(), tx);
            StockFacts.moved(moved, cause, tx);
          }
          return outcome;
        });
  }
}
