package dev.reserva.inventory.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.inventory.application.Backend;
import dev.reserva.inventory.application.Bundles;
import dev.reserva.inventory.application.LedgerEntries;
import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.Returns;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.application.Transfers;
import dev.reserva.inventory.domain.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All of inventory's ports on one in-memory database. */
public record MemoryInventory(TestTransactions transactions) implements Backend {

  /** A database whose time is the machine's when it is made. */
  public MemoryInventory() {
    this(new TestTransactions(Instant.now()));
  }

  @Override
  public Products products() {
    return new MemoryProducts();
  }

  @Override
  public Bundles bundles() {
    return new MemoryBundles();
  }

  @Override
  public Stocks stocks() {
    return new MemoryStocks();
  }

  @Override
  public Locations locations() {
    return new MemoryLocations();
  }

  @Override
  public Transfers transfers() {
    return new MemoryTransfers();
  }

  @Override
  public LedgerEntries ledgerEntries() {
    return new MemoryLedgerEntries();
  }

  @Override
  public Reservations reservations() {
    return new MemoryReservations();
  }

  @Override
  public Returns returns() {
    return new MemoryReturns();
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
              it.awaited(),
              it.allocation(),
              expiresAt,
              it.createdAt(),
              it.endedAt(),
              it.renewals(),
              it.settled(),
              it.returnedAt(),
              it.extended());
      reservations().replace(List.of(ending), tx);
    });
  }
}
