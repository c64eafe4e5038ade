package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/** Keeps the customers up to date by the events of the customers service. */
public final class LearnCustomers {

  private final Customers customers;

  public LearnCustomers(Customers customers) {
    this.customers = customers;
  }

  /**
   * @param active whether the customer may order; one that was deactivated stays so
   */
  public record News(UUID customerId, boolean active) {}

  /**
   * @param news at least one
   */
  public void learn(List<News> news, UnitOfWork tx) {
    var welcome = new LinkedHashSet<UUID>();
    var gone = new LinkedHashSet<UUID>();
    for (News one : news) {
      (one.active() ? welcome : gone).add(one.customerId());
    }
    welcome.removeAll(gone);
    if (!welcome.isEmpty()) {
      customers.add(welcome, tx);
    }
    if (!gone.isEmpty()) {
      customers.deactivate(gone, tx);
    }
  }
}
