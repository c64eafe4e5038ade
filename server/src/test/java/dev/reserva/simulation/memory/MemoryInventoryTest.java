package dev.reserva.simulation.memory;

import dev.reserva.inventory.application.Backend;
import dev.reserva.inventory.application.InventoryContract;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.memory.MemoryBackbone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

class MemoryInventoryTest extends InventoryContract {

  MemoryInventoryTest() {
    super(new MemoryBackend(today().transactions()));
  }

  /** The suite compares with the machine's clock. */
  private static MemoryBackbone today() {
    MemoryBackbone backbone = MemoryServer.start();
    backbone.clock().elapse(Duration.between(backbone.clock().instant(), Instant.now()));
    return backbone;
  }

  private record MemoryBackend(Transactions transactions) implements Backend {

    @Override
    public Products products() {
      return new MemoryCatalogue();
    }

    @Override
    public Stocks stocks() {
      return new MemoryStocks();
    }

    @Override
    public Reservations reservations() {
      return new MemoryReservations();
    }

    @Override
    public void expireAt(UUID orderId, Instant expiresAt) {
      transactions.run(tx -> {
        Reservation it = reservations().lockByOrder(List.of(orderId), tx).get().getFirst();
        Reservation ending =
            new Reservation(
                it.id(),
                it.orderId(),
                it.status(),
                it.lines(),
                expiresAt,
                it.createdAt(),
                it.endedAt(),
                it.renewals(),
                it.settled(),
                it.returnedAt());
        reservations().replace(List.of(ending), tx);
      });
    }
  }
}
