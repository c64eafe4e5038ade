package dev.reserva.financial.adapters.psp;

import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.platform.privacy.PaymentTokens;
import java.util.UUID;

/**
 * Opens the payment's sealed token for the provider. It is the only place that does: the books and
 * the events have the reference.
 */
public final class TokenOpeningProvider implements PaymentProvider {

  private final PaymentProvider provider;
  private final PaymentTokens tokens;

  public TokenOpeningProvider(PaymentProvider provider, PaymentTokens tokens) {
    this.provider = provider;
    this.tokens = tokens;
  }

  @Override
  public Answer charge(Charge charge) {
    return provider.charge(opened(charge));
  }

  @Override
  public Standing inquire(UUID key) {
    return provider.inquire(key);
  }

  @Override
  public Abandonment abandon(Charge charge) {
    return provider.abandon(opened(charge));
  }

  @Override
  public Repayment refund(Repay repay) {
    return provider.refund(repay);
  }

  private Charge opened(Charge charge) {
    PaymentChoice choice = charge.choice();
    return new Charge(
        charge.key(),
        charge.amount(),
        new PaymentChoice(choice.method(), tokens.open(choice.token())));
  }
}
