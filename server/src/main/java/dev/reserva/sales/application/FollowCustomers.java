package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/** Updates the customers that sales knows from the events of the customers service. */
public final class FollowCustomers {

  private final Customers customers;

  public FollowCustomers(Customers customers) {
    this.customers = customers;
  }

  /**
   * @param active whether the customer may order; a deactivated customer stays deactivated
   */
  public record CustomerChange(UUID customerId, boolean active) {}

  /**
   * @param changes at least one
   */
  public void follow(List<CustomerChange> changes, UnitOfWork tx) {
    var active = new LinkedHashSet<UUID>();
    var inactive = new LinkedHashSet<UUID>();
    for (CustomerChange change : changes) {
      (change.active() ? active : inactive).add(change.customerId());
    }
    active.removeAll(inactive);
    if (!active.isEmpty()) {
      customers.add(active, tx);
    }
    if (!inactive.isEmpty()) {
      customers.deactivate(inactive, tx);
    }
  }

  /**
   * @param requested may be answered once no order of these customers is open
   * @param erased customers whose data is erased now
   */
  public void followErasures(List<Customers.Erasure> requested, List<UUID> erased, UnitOfWork tx) {
    if (!requested.isEmpty()) {
      customers.requestErasure(requested, tx);
    }
    if (!erased.isEmpty()) {
      customers.erase(erased, tx);
    }
  }
}
