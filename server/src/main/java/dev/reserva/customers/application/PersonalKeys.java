package dev.reserva.customers.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The keys with which the personal parts of events are sealed, one of each customer. */
public interface PersonalKeys {

  /** The keys of customers that this transaction adds. */
  Map<UUID, PersonalKey> create(Collection<UUID> customers, UnitOfWork tx);

  /** The key of a customer, made if there is none. A customer whose key is destroyed has none. */
  Map<UUID, PersonalKey> obtain(Collection<UUID> customers, UnitOfWork tx);

  /** Destroys the key of a customer for good. What it sealed can be read by nobody any more. */
  void destroy(UUID customer, UnitOfWork tx);

  /** Seals texts of one customer. */
  @FunctionalInterface
  interface PersonalKey {

    /**
     * @param member what the text is, such as {@code name}
     */
    String seal(String member, String text);
  }
}
