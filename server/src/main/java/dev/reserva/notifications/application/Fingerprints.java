package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;

/** Identifies addresses by keyed hashes, which do not reveal them. */
@FunctionalInterface
public interface Fingerprints {

  /** The same for each way of writing an address. */
  String of(Channel channel, String address);
}
