package dev.reserva.financial.application;

import dev.reserva.financial.domain.Payment;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds payments for those who may see them. */
public final class FindPayments {

  private final Payments payments;
  private final Refunds refunds;

  public FindPayments(Payments payments, Refunds refunds) {
    this.payments = payments;
    this.refunds = refunds;
  }

  /**
   * A payment with what is given back of it.
   *
   * @param refunds oldest first, those still owed too
   */
  public record Found(Payment payment, List<Refunds.OnRecord> refunds) {}

  /**
   * One payment.
   *
   * @param payer the customer whose payment it must be; anybody's when absent
   */
  public Optional<Found> one(UUID id, @Nullable UUID payer, UnitOfWork tx) {
    Payment payment = payments.find(List.of(id), tx).get(id);
    return payment == null || (payer != null && !payer.equals(payment.terms().customerId()))
        ? Optional.empty()
        : Optional.of(new Found(payment, refunds.ofPayment(id, tx)));
  }

  /**
   * Payments, newest first.
   *
   * @param before continue below this id; absent for the first
   */
  public List<Payment> list(
      Payments.Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    return payments.list(filter, before, limit, tx);
  }
}
