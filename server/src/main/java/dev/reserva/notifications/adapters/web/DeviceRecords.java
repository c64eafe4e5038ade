package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.Devices;
import dev.reserva.notifications.domain.Device;
import dev.reserva.platform.privacy.PersonalRecords;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The devices of a customer, with their tokens. */
public final class DeviceRecords implements PersonalRecords {

  private final Devices devices;

  public DeviceRecords(Devices devices) {
    this.devices = devices;
  }

  private record Exported(UUID id, String token, Instant createdAt) {}

  @Override
  public String name() {
    return "devices";
  }

  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    List<Device> found = devices.list(customer, before, limit + 1, snapshot);
    boolean more = found.size() > limit;
    List<Device> page = more ? found.subList(0, limit) : found;
    return new Part(
        page.stream()
            .map(device -> new Exported(device.id(), device.token(), device.createdAt()))
            .toList(),
        more ? page.getLast().id() : null);
  }
}
