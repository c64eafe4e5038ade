package dev.reserva.financial.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Optional;
import java.util.UUID;

/** Which payment is meant by a reference that the provider made. */
public interface ProviderReferences {

  /** Empty if the reference is none of a payment here, such as another program's. */
  Optional<UUID> paymentOf(String reference, UnitOfWork tx);
}
