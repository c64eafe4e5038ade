package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Language;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of customers: how they are reached, sealed as in the customers' events. */
public interface Recipients {

  /** Stores how customers are reached, in place of what was known. */
  void save(List<Sealed> customers, UnitOfWork tx);

  /** Forgets how customers are reached, for good. */
  void erase(Collection<UUID> customers, UnitOfWork tx);

  /** How customers are reached. Those of whom nothing is known are left out. */
  Map<UUID, Contact> find(Collection<UUID> customers, UnitOfWork tx);

  /** Those of the customers of whom something is known and whose data are not erased. */
  Set<UUID> known(Collection<UUID> customers, UnitOfWork tx);

  /** Those of the customers who have given a telephone number. */
  Set<UUID> withPhone(Collection<UUID> customers, UnitOfWork tx);

  /**
   * A customer as in its events.
   *
   * @param language absent for the shop's own
   */
  record Sealed(
      UUID customerId,
      String name,
      String email,
      @Nullable String phone,
      @Nullable Language language) {}

  /** How a customer is reached. */
  sealed interface Contact {

    /**
     * @param language absent for the shop's own
     */
    record Known(String name, String email, @Nullable String phone, @Nullable Language language)
        implements Contact {

      /** Hides everything: personal data stays out of logs. */
      @Override
      public String toString() {
        return "Known[]";
      }
    }

    /** Sealed with a key that another process has. */
    record Locked(Sealed sealed) implements Contact {}

    /** Personal data are erased. */
    record Erased() implements Contact {}
  }
}
