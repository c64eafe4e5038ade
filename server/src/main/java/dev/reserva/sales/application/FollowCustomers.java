package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Updates the customers that sales knows from the events of the customers service. */
public final class FollowCustomers {

  private final Customers customers;

  public FollowCustomers(Customers customers) {
    this.customers = customers;
  }

  /** A change of a customer. */
  public record CustomerChange(UUID customerId, Kind kind) {

    public enum Kind {
      /** It exists, and may order unless it is deactivated. */
      KNOWN,
      /** Its e-mail address is verified. */
      VERIFIED,
      /** It may not order any more, until it is reactivated. */
      DEACTIVATED,
      /** It may order again. */
      REACTIVATED
    }
  }

  /**
   * Follows changes of customers. Rows that are missing are added first, then those that change are
   * locked, both in the order of ids: batches about the same customers do not wait in a circle,
   * whatever the order of their events.
   *
   * @param changes at least one
   */
  public void follow(List<CustomerChange> changes, UnitOfWork tx) {
    var known = new LinkedHashSet<UUID>();
    var verified = new LinkedHashSet<UUID>();
    var deactivated = new LinkedHashSet<UUID>();
    var reactivated = new LinkedHashSet<UUID>();
    for (CustomerChange change : changes) {
      UUID id = change.customerId();
      switch (change.kind()) {
        case KNOWN -> known.add(id);
        case VERIFIED -> verified.add(id);
        case DEACTIVATED -> {
          reactivated.remove(id);
          deactivated.add(id);
        }
        case REACTIVATED -> {
          deactivated.remove(id);
          reactivated.add(id);
        }
      }
    }
    var changed = new LinkedHashSet<>(verified);
    changed.addAll(deactivated);
    changed.addAll(reactivated);
    known.addAll(changed);
    if (known.size() > 1 || changed.isEmpty()) {
      customers.add(known, tx);
    }
    if (changed.size() > 1) {
      // As orders of several customers do: see LimitHolds.
      Map<UUID, Boolean> _ = customers.lock(changed, tx).get();
    }
    if (!verified.isEmpty()) {
      customers.verify(verified, tx);
    }
    if (!deactivated.isEmpty()) {
      customers.deactivate(deactivated, tx);
    }
    if (!reactivated.isEmpty()) {
      customers.reactivate(reactivated, tx);
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
