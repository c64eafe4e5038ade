package dev.reserva.notifications.adapters.sealing;

import dev.reserva.notifications.application.Fingerprints;
import dev.reserva.notifications.domain.Channel;
import java.util.Locale;

/** HMAC-SHA256 of addresses. Without the key nobody can try addresses out. */
public final class KeyedFingerprints implements Fingerprints {

  private final DerivedKey key;

  /**
   * @param secret of the installation; with another one, addresses have other fingerprints
   */
  public KeyedFingerprints(String secret) {
    this.key = new DerivedKey(secret, "reserva addresses of notifications");
  }

  @Override
  public String of(Channel channel, String address) {
    String form = channel == Channel.EMAIL ? address.toLowerCase(Locale.ROOT) : address;
    return key.sign(channel.wire() + " " + form);
  }
}
