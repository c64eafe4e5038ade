package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;

/** Names addresses without telling them: by keyed hashes. */
@FunctionalInterface
public interface Fingerprints {

  /** The same for each way of writing an address. */
  String of(Channel channel, String address);
}
