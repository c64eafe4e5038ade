package dev.reserva.inventory.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.inventory.application.LedgerEntries;
import dev.reserva.inventory.application.LedgerEntries.Numbered;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.timeline.OrderTraces;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of stock that an order has caused. */
public final class StockTraces implements OrderTraces {

  private final LedgerEntries entries;
  private final Transactions transactions;

  public StockTraces(LedgerEntries entries, Transactions transactions) {
    this.entries = entries;
    this.transactions = transactions;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Movement(
      UUID productId,
      String location,
      String kind,
      int quantity,
      int stockChange,
      int reservedChange,
      @Nullable String reason) {}

  @Override
  public String service() {
    return "inventory";
  }

  @Override
  public List<Trace> of(UUID orderId, int limit) {
    return transactions.snapshot(tx -> entries.ofOrder(orderId, limit, tx)).stream()
        .map(StockTraces::trace)
        .toList();
  }

  private static Trace trace(Numbered numbered) {
    LedgerEntry entry = numbered.entry();
    return new Trace(
        numbered.at(),
        Kind.STOCK,
        Long.toString(numbered.number()),
        announcement(entry.kind()),
        null,
        entry.actor(),
        "%d units of product %s %s at %s."
            .formatted(
                entry.units(), entry.productId(), entry.kind().wire(), entry.location().value()),
        new Movement(
            entry.productId(),
            entry.location().value(),
            entry.kind().wire(),
            entry.units(),
            entry.physicalChange(),
            entry.reservedChange(),
            entry.reason()));
  }

  /** The type of the event that announces such a change of an order. */
  private static String announcement(LedgerKind kind) {
    return switch (kind) {
      case RESERVED -> "inventory.stock.reserved";
      case RELEASED, EXPIRED -> "inventory.stock.released";
      case CONFIRMED -> "inventory.stock.confirmed";
      case RECEIVED, ADJUSTED, RETURNED -> "inventory.stock.adjusted";
      case TRANSFERRED_OUT, TRANSFERRED_IN -> "inventory.stock.transferred";
    };
  }
}
