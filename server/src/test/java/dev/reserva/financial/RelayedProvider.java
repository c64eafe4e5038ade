package dev.reserva.financial;

import dev.reserva.financial.application.PaymentProvider;
import java.util.UUID;

/** Relays every call to a provider. A test overrides the calls that are to go wrong. */
class RelayedProvider implements PaymentProvider {

  private final PaymentProvider provider;

  RelayedProvider(PaymentProvider provider) {
    this.provider = provider;
  }

  @Override
  public Answer charge(Charge charge) {
    return provider.charge(charge);
  }

  @Override
  public Standing inquire(UUID key) {
    return provider.inquire(key);
  }

  @Override
  public Abandonment abandon(Charge charge) {
    return provider.abandon(charge);
  }

  @Override
  public Repayment refund(Repay repay) {
    return provider.refund(repay);
  }
}
