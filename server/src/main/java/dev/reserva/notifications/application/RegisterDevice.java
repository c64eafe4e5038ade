package dev.reserva.notifications.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Device;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Registers a device of a customer. A token names one installed app, so one that another customer
 * has registered moves to whoever registers it last.
 */
public final class RegisterDevice {

  private final Devices devices;
  private final Bounces bounces;
  private final Fingerprints fingerprints;
  private final Ids ids;

  public RegisterDevice(Devices devices, Bounces bounces, Fingerprints fingerprints, Ids ids) {
    this.bounces = bounces;
    this.fingerprints = fingerprints;
    this.devices = devices;
    this.ids = ids;
  }

  /** What has become of a registration. */
  public sealed interface Outcome {

    record Registered(Device device) implements Outcome {}

    /** The customer has registered the token before. */
    record Known(Device device) implements Outcome {}

    record TooMany(int most) implements Outcome {}

    /** The customer's data are erased. */
    record Erased() implements Outcome {}
  }

  public Outcome register(UUID customer, String token, UnitOfWork tx) {
    devices.lock(customer, tx);
    Optional<Device> known = devices.withToken(token, tx);
    if (known.filter(device -> device.customerId().equals(customer)).isPresent()) {
      return new Outcome.Known(known.get());
    }
    if (devices.of(Set.of(customer), tx).getOrDefault(customer, Set.of()).size() >= Device.MOST) {
      return new Outcome.TooMany(Device.MOST);
    }
    bounces.forgive(fingerprints.of(Channel.PUSH, token), tx); // the app is there again
    known.ifPresent(device -> devices.remove(Set.of(device.id()), tx));
    Device device = new Device(ids.next(), customer, token, tx.now());
    return devices.add(device, tx) ? new Outcome.Registered(device) : new Outcome.Erased();
  }
}
