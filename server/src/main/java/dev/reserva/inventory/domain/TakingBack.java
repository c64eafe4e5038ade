package dev.reserva.inventory.domain;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules of goods that come back by a return: no more than their order got, and each return
 * once.
 *
 * <p>It belongs to a {@link StockBook} and shares its levels and ledger.
 */
final class TakingBack {

  private final Shelves shelves;

  TakingBack(Shelves shelves) {
    this.shelves = shelves;
  }

  /**
   * @param reservation of the order; absent if it has none
   * @param earlier the returns of the order that were taken back before
   */
  TakeBackOutcome takeBack(
      Return goods, @Nullable Reservation reservation, Collection<Return> earlier) {
    if (earlier.stream().anyMatch(other -> other.id().equals(goods.id()))) {
      return new TakeBackOutcome.TakenBackBefore();
    }
    if (reservation == null || !reservation.hasItsGoods()) {
      return new TakeBackOutcome.Impossible(
          "order %s has no goods that could come back".formatted(goods.orderId()));
    }
    for (Line line : goods.lines()) {
      long left = reservation.quantityOf(line.productId()) - unitsOf(line.productId(), earlier);
      if (line.quantity() > left) {
        return new TakeBackOutcome.Impossible(
            "return %s must have at most %d units of product %s, has %d"
                .formatted(goods.id(), left, line.productId(), line.quantity()));
      }
    }
    if (!goods.restock()) {
      return new TakeBackOutcome.TakenBack(goods, List.of());
    }
    for (Line line : goods.lines()) {
      if (shelves.of(line.productId()).at(goods.location()).isEmpty()) {
        return new TakeBackOutcome.Impossible(
            "return %s names location %s, which does not exist"
                .formatted(goods.id(), goods.location()));
      }
    }
    List<Held> back =
        goods.lines().stream()
            .map(line -> new Held(line.productId(), goods.location(), line.quantity()))
            .toList();
    shelves.enter(LedgerKind.RETURNED, goods.orderId(), back);
    return new TakeBackOutcome.TakenBack(
        goods, back.stream().map(held -> shelves.at(held.productId(), held.location())).toList());
  }

  private static long unitsOf(UUID productId, Collection<Return> returns) {
    return returns.stream()
        .flatMap(goods -> goods.lines().stream())
        .filter(line -> line.productId().equals(productId))
        .mapToLong(Line::quantity)
        .sum();
  }
}
