package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Kind;
import java.util.Optional;
import java.util.UUID;

/** Signed links with which a customer unsubscribes without a log-in. */
public interface UnsubscribeLinks {

  /** What a link is for. */
  record Subscribed(UUID customerId, Kind kind, Channel channel) {}

  /** The link; empty if the shop has told no address at which customers reach it. */
  Optional<String> link(Subscribed subscribed);

  /** What a token of a link is for; empty if it was not signed here. */
  Optional<Subscribed> read(String token);
}
