package dev.reserva.financial.adapters.psp;

import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.domain.Instructions;
import java.util.UUID;

/**
 * The place of a payment provider where there is none: every payment waits until an operator or a
 * signed webhook settles it. It takes no money and approves nothing.
 */
public final class NoProvider implements PaymentProvider {

  private static final Pending WAITS = new Pending(Instructions.NONE);

  @Override
  public Answer charge(Charge charge) {
    return WAITS;
  }

  @Override
  public Standing inquire(UUID key) {
    return WAITS;
  }

  @Override
  public Abandonment abandon(Charge charge) {
    return new Abandoned();
  }

  /**
   * What an operator or a webhook has settled was paid elsewhere, so nothing can be given back
   * here: the refund stays owed.
   */
  @Override
  public Repayment refund(Repay repay) {
    return new Refused("there is no payment provider");
  }
}
