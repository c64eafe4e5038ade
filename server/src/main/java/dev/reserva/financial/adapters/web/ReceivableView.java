package dev.reserva.financial.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableState;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.financial.domain.ReceivableTerms;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A receivable as the API shows it.
 *
 * @param id the order's id: an order has one receivable
 * @param settled all money that was taken for the order, also money that came too late and goes
 *     back
 * @param refunded what was given back of it
 * @param open what is still to be paid
 * @param dueAt until when the order is to be paid; absent until it can be paid, and for what was
 *     closed before there were receivables
 * @param overdue whether it is open past its due date
 * @param closedAt when it was settled or cancelled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReceivableView(
    UUID id,
    UUID orderId,
    UUID customerId,
    Money amount,
    Money settled,
    Money refunded,
    Money open,
    @Schema(implementation = ReceivableStatus.class) String status,
    @Nullable Instant dueAt,
    boolean overdue,
    Instant openedAt,
    @Nullable Instant closedAt) {

  static ReceivableView of(Receivable receivable, Instant now) {
    ReceivableTerms terms = receivable.terms();
    ReceivableState state = receivable.state();
    return new ReceivableView(
        receivable.id(),
        terms.orderId(),
        terms.customerId(),
        terms.amount(),
        state.settled(),
        state.refunded(),
        receivable.open(),
        state.status().name(),
        state.dueAt(),
        receivable.isOverdue(now),
        terms.openedAt(),
        state.closedAt());
  }
}
