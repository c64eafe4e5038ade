package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.sales.application.Returns;
import dev.reserva.sales.domain.Return;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a customer has sent back. */
public final class ReturnRecords implements PersonalRecords {

  private final Returns returns;

  public ReturnRecords(Returns returns) {
    this.returns = returns;
  }

  @Override
  public String name() {
    return "returns";
  }

  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    List<Return> found =
        returns.list(new Returns.Filter(null, customer, null), before, limit + 1, snapshot);
    boolean more = found.size() > limit;
    List<Return> shown = more ? found.subList(0, limit) : found;
    return new Part(
        shown.stream().map(ReturnView::of).toList(), more ? shown.getLast().id() : null);
  }
}
