package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.notifications.domain.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What customers want to receive. */
public interface Preferences {

  /** The choices of customers. Those who have made none are left out. */
  Map<UUID, Choices> find(Collection<UUID> customers, UnitOfWork tx);

  /** Stores choices in place of all that the customer had made. */
  void replace(UUID customer, Choices choices, UnitOfWork tx);

  /** Stores one choice. The others stay. */
  void choose(UUID customer, Kind kind, Channel channel, boolean wanted, UnitOfWork tx);
}
