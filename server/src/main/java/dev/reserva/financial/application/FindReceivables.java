package dev.reserva.financial.application;

import dev.reserva.financial.domain.Ageing;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds receivables for staff. */
public final class FindReceivables {

  private final Receivables receivables;

  public FindReceivables(Receivables receivables) {
    this.receivables = receivables;
  }

  /**
   * An answer and the time at which it holds: what is overdue depends on it.
   *
   * @param now the database's time
   */
  public record AsOf<T>(T found, Instant now) {}

  public Optional<AsOf<Receivable>> one(UUID id, UnitOfWork tx) {
    return receivables.find(id, tx).map(found -> new AsOf<>(found, tx.now()));
  }

  /**
   * Receivables, newest first.
   *
   * @param before continue below this id; absent for the first
   */
  public AsOf<List<Receivable>> list(
      Receivables.Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Instant now = tx.now();
    return new AsOf<>(receivables.list(filter, before, limit, now, tx), now);
  }

  /** The sums of what is open by age, in order of the currency. */
  public AsOf<List<Ageing>> ageing(UnitOfWork tx) {
    Instant now = tx.now();
    return new AsOf<>(receivables.ageing(now, tx), now);
  }
}
