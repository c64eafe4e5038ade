package dev.reserva.financial.application;

import java.util.UUID;

/** Never answers in time; the tests say how payments end. */
final class SilentProvider implements PaymentProvider {
  @Override
  public Answer charge(Charge charge) {
    throw new IllegalStateException("no answer");
  }

  @Override
  public Standing inquire(UUID key) {
    throw new IllegalStateException("no answer");
  }

  @Override
  public Abandonment abandon(Charge charge) {
    throw new IllegalStateException("no answer");
  }

  @Override
  public Repayment refund(Repay repay) {
    throw new IllegalStateException("no answer");
  }
}
