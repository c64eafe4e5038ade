package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Device;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The devices of customers. Their tokens are stored sealed. */
public interface Devices {

  /** Whoever adds or removes a device of this customer waits until this transaction ends. */
  void lock(UUID customer, UnitOfWork tx);

  /** The device with a token, whoever has it. */
  Optional<Device> withToken(String token, UnitOfWork tx);

  /**
   * Stores a device.
   *
   * @return whether it was stored; a customer whose data are erased has none
   */
  boolean add(Device device, UnitOfWork tx);

  /**
   * Devices of a customer, newest first.
   *
   * @param before only devices with a lower id
   */
  List<Device> list(UUID customer, @Nullable UUID before, int limit, UnitOfWork tx);

  /** The ids of the devices of customers. */
  Map<UUID, Set<UUID>> of(Collection<UUID> customers, UnitOfWork tx);

  /** Tokens by the ids of their devices. A device that is gone is left out. */
  Map<UUID, String> tokens(Collection<UUID> devices, UnitOfWork tx);

  /**
   * Removes a device of a customer.
   *
   * @return whether there was one
   */
  boolean remove(UUID customer, UUID device, UnitOfWork tx);

  /** Removes devices. */
  void remove(Collection<UUID> devices, UnitOfWork tx);
}
