package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.sales.application.Returns;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of the returns of an order. */
public final class ReturnTraces implements OrderTraces {

  private final Returns returns;
  private final Transactions transactions;

  public ReturnTraces(Returns returns, Transactions transactions) {
    this.returns = returns;
    this.transactions = transactions;
  }

  @Override
  public String service() {
    return "sales";
  }

  @Override
  public List<Trace> of(UUID orderId, int limit) {
    var filter = new Returns.Filter(orderId, null, null);
    return transactions.snapshot(tx -> returns.list(filter, null, limit, tx)).stream()
        .flatMap(ReturnTraces::steps)
        .limit(limit)
        .toList();
  }

  private static Stream<Trace> steps(Return goods) {
    ReturnStatus status = goods.status();
    boolean rejected = status == ReturnStatus.REJECTED;
    return Stream.of(
            step(goods, goods.requestedAt(), "sales.return.requested", "Return requested."),
            step(
                goods,
                goods.decidedAt(),
                rejected ? "sales.return.rejected" : "sales.return.approved",
                rejected ? "Return rejected." : "Return approved."),
            step(goods, goods.receivedAt(), "sales.return.received", "Returned goods received."),
            step(
                goods,
                goods.refundedAt(),
                "sales.return.refunded",
                "Return refunded: %s.".formatted(goods.refunded())))
        .flatMap(step -> step);
  }

  private static Stream<Trace> step(
      Return goods, @Nullable Instant at, String type, String summary) {
    return at == null
        ? Stream.empty()
        : Stream.of(
            new Trace(
                at,
                Kind.RETURN,
                goods.id().toString(),
                type,
                null,
                null,
                summary,
                Map.of(
                    "returnId", goods.id(),
                    "status", goods.status().name(),
                    "units", goods.lines().stream().mapToInt(it -> it.quantity().value()).sum(),
                    "refund", goods.refund())));
  }
}
