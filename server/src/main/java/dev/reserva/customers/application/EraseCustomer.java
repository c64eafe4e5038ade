package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerErased;
import dev.reserva.contracts.CustomersEvent.CustomerErasureRequested;
import dev.reserva.customers.domain.Erasure;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Erases a customer's personal data, in two steps: the request deactivates the customer at once;
 * when sales reports that no order of the customer is open, the key is destroyed and the tables are
 * overwritten. The record stays without its person, because orders refer to it.
 */
public final class EraseCustomer {

  private final Erasures erasures;
  private final DeactivateCustomer deactivating;
  private final PersonalKeys keys;

  public EraseCustomer(Erasures erasures, DeactivateCustomer deactivating, PersonalKeys keys) {
    this.erasures = erasures;
    this.deactivating = deactivating;
    this.keys = keys;
  }

  public sealed interface Outcome {
    /** The erasure is on record, now or before. */
    record Requested(Erasure erasure) implements Outcome {}

    record Unknown() implements Outcome {}
  }

  public Outcome request(UUID id, Cause cause, Instant now, UnitOfWork tx) {
    return switch (deactivating.deactivate(id, cause, now, tx)) {
      case DeactivateCustomer.Outcome.Unknown _ -> new Outcome.Unknown();
      case DeactivateCustomer.Outcome.Done _ -> {
        Optional<Erasure> before = erasures.find(id, tx);
        if (before.isPresent()) {
          yield new Outcome.Requested(before.get());
        }
        Erasure requested = new Erasure(id, now, null);
        erasures.request(requested, tx);
        tx.publish(new CustomerErasureRequested(id), cause);
        yield new Outcome.Requested(requested);
      }
    };
  }

  /**
   * Erases the data of a customer who has no open order. It does nothing unless it was requested.
   */
  public void complete(UUID id, Cause cause, Instant now, UnitOfWork tx) {
    if (erasures.erase(id, now, tx)) {
      keys.destroy(id, tx);
      tx.publish(new CustomerErased(id), cause);
    }
  }
}
