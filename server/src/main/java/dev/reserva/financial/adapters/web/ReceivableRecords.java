package dev.reserva.financial.adapters.web;

import dev.reserva.financial.application.FindReceivables;
import dev.reserva.financial.application.FindReceivables.AsOf;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.PersonalRecords;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a customer owes, and owed. */
public final class ReceivableRecords implements PersonalRecords {

  private final FindReceivables findReceivables;

  public ReceivableRecords(FindReceivables findReceivables) {
    this.findReceivables = findReceivables;
  }

  @Override
  public String name() {
    return "receivables";
  }

  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    AsOf<List<Receivable>> page =
        findReceivables.list(Receivables.Filter.of(customer), before, limit + 1, snapshot);
    List<Receivable> found = page.found();
    boolean more = found.size() > limit;
    List<Receivable> shown = more ? found.subList(0, limit) : found;
    return new Part(
        shown.stream().map(receivable -> ReceivableView.of(receivable, page.now())).toList(),
        more ? shown.getLast().id() : null);
  }
}
