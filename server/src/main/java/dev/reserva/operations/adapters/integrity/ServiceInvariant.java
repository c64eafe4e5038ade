package dev.reserva.operations.adapters.integrity;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.Invariant;
import dev.reserva.platform.integrity.IntegrityCheck;

/** An invariant that a service checks itself. */
public final class ServiceInvariant implements Invariant {

  private final IntegrityCheck check;

  public ServiceInvariant(IntegrityCheck check) {
    this.check = check;
  }

  @Override
  public String name() {
    return check.name();
  }

  @Override
  public Finding count(UnitOfWork snapshot, Deadline deadline) {
    IntegrityCheck.Result result = check.run().on(snapshot);
    return new Finding(result.checked(), result.violated(), 0, result.violations());
  }
}
