package dev.reserva.notifications.application;

import dev.reserva.notifications.application.Recipients.Contact;
import dev.reserva.notifications.application.Recipients.Sealed;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Opens what is sealed with keys that another process has, outside of any transaction. */
@FunctionalInterface
public interface LockedContacts {

  /**
   * @return for each customer how it is reached, or that its data are erased
   * @throws dev.reserva.messaging.DependencyUnavailable if the process with the keys does not
   *     answer
   */
  Map<UUID, Contact> open(Collection<Sealed> customers);
}
