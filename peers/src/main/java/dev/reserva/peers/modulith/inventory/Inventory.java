package dev.reserva.peers.modulith.inventory;

import dev.reserva.peers.modulith.events.OrderPlaced;
import dev.reserva.peers.modulith.events.PaymentDeclined;
import dev.reserva.peers.modulith.events.StockRefused;
import dev.reserva.peers.modulith.events.StockReserved;
import dev.reserva.peers.shop.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Service;

/** Reserves stock for new orders, and releases it when a payment is declined. */
@Service
class Inventory {
  private final Products products;
  private final Reservations reservations;
  private final ApplicationEventPublisher events;

  Inventory(Products products, Reservations reservations, ApplicationEventPublisher events) {
    this.products = products;
    this.reservations = reservations;
    this.events = events;
  }

  @ApplicationModuleListener
  void on(OrderPlaced event) {
    if (!reservations.add(event.order(), "RESERVED")) {
      return;
    }
    List<Line> taken = new ArrayList<>();
    BigDecimal total = BigDecimal.ZERO;
    for (Line line : Line.inLockOrder(event.lines())) {
      Optional<BigDecimal> price = products.take(line.product(), line.quantity());
      if (price.isEmpty()) {
        returnToStock(taken);
        reservations.refuse(event.order());
        events.publishEvent(new StockRefused(event.order()));
        return;
      }
      taken.add(line);
      total = total.add(price.get().multiply(BigDecimal.valueOf(line.quantity())));
    }
    events.publishEvent(new StockReserved(event.order(), event.lines(), total, event.token()));
  }

  @ApplicationModuleListener
  void on(PaymentDeclined event) {
    if (reservations.release(event.order())) {
      returnToStock(Line.inLockOrder(event.lines()));
    }
  }

  private void returnToStock(List<Line> lines) {
    lines.forEach(line -> products.returnToStock(line.product(), line.quantity()));
  }
}
