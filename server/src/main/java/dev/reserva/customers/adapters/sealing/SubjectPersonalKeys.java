package dev.reserva.customers.adapters.sealing;

import dev.reserva.customers.application.PersonalKeys;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.SubjectKey;
import dev.reserva.platform.privacy.SubjectKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The keys in {@code platform.subject_key}. */
public final class SubjectPersonalKeys implements PersonalKeys {

  private final SubjectKeys keys;

  public SubjectPersonalKeys(SubjectKeys keys) {
    this.keys = keys;
  }

  @Override
  public Map<UUID, PersonalKey> create(Collection<UUID> customers, UnitOfWork tx) {
    return sealing(keys.create(customers, tx));
  }

  @Override
  public Map<UUID, PersonalKey> obtain(Collection<UUID> customers, UnitOfWork tx) {
    return sealing(keys.obtain(customers, tx));
  }

  @Override
  public void destroy(UUID customer, UnitOfWork tx) {
    keys.destroy(List.of(customer), tx);
  }

  private static Map<UUID, PersonalKey> sealing(Map<UUID, SubjectKey> keys) {
    Map<UUID, PersonalKey> sealing = new HashMap<>();
    keys.forEach((id, key) -> sealing.put(id, key::seal));
    return sealing;
  }
}
