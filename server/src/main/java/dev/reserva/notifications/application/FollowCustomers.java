package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.Recipients.Sealed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps up with how customers are reached, and forgets it when they are erased. */
public final class FollowCustomers {

  private final Recipients recipients;

  public FollowCustomers(Recipients recipients) {
    this.recipients = recipients;
  }

  /** A change of a customer. */
  public sealed interface Change {
    UUID customerId();

    record Saved(Sealed customer) implements Change {
      @Override
      public UUID customerId() {
        return customer.customerId();
      }
    }

    record Erased(UUID customerId) implements Change {}
  }

  /**
   * @param changes in their order of publication; the last one of a customer counts
   */
  public void follow(List<Change> changes, UnitOfWork tx) {
    Map<UUID, Change> last = new LinkedHashMap<>();
    changes.forEach(change -> last.put(change.customerId(), change));
    List<Sealed> saved =
        last.values().stream()
            .filter(Change.Saved.class::isInstance)
            .map(change -> ((Change.Saved) change).customer())
            .toList();
    List<UUID> erased =
        last.values().stream()
            .filter(Change.Erased.class::isInstance)
            .map(Change::customerId)
            .toList();
    if (!saved.isEmpty()) {
      recipients.save(saved, tx);
    }
    if (!erased.isEmpty()) {
      recipients.erase(erased, tx);
    }
  }
}
