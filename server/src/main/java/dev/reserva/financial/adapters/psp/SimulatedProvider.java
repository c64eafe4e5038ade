package dev.reserva.financial.adapters.psp;

import dev.reserva.financial.adapters.psp.SimulatorLedger.Entry;
import dev.reserva.financial.adapters.psp.SimulatorLedger.Status;
import dev.reserva.financial.application.PaymentProvider;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A payment provider that takes no real money. What it does is told by the token, see {@link
 * Behaviour}; what it has done stands in its {@link SimulatorLedger}, so that a repeated key is
 * never captured twice, whatever crashes.
 */
public final class SimulatedProvider implements PaymentProvider {

  private final SimulatorLedger ledger;

  public SimulatedProvider(SimulatorLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer charge(Charge charge) {
    Behaviour behaviour = Behaviour.of(charge.token());
    Status status = ledger.charge(entry(charge, behaviour));
    if (behaviour instanceof Behaviour.ApproveSlowly(var pause)) {
      sleep(pause); // the money is taken already: who hangs up now has to inquire
    }
    return switch (status) {
      case CAPTURED -> new Approved(transactionId(charge.key()));
      case DECLINED ->
          new Declined(behaviour instanceof Behaviour.Reject ? "invalid_token" : "declined");
      case VOIDED -> new Declined("voided");
      case PENDING -> new Pending();
      case FAILING -> throw new Unavailable("the simulator fails as its token tells it to");
      case SILENT -> throw silence();
    };
  }

  @Override
  public Standing inquire(UUID key) {
    return ledger
        .find(key)
        .<Standing>map(status ->
            switch (status) {
              case CAPTURED -> new Approved(transactionId(key));
              case DECLINED -> new Declined("declined");
              case VOIDED -> new Declined("voided");
              case PENDING -> new Pending();
              case FAILING, SILENT -> new Absent();
            })
        .orElseGet(Absent::new);
  }

  @Override
  public Abandonment abandon(Charge charge) {
    return ledger.abandon(charge.key(), charge.amount()) == Status.CAPTURED
        ? new Approved(transactionId(charge.key()))
        : new Abandoned();
  }

  @Override
  public Repayment refund(Repay repay) {
    return ledger.refund(repay.key(), repay.charge(), repay.amount())
        ? new Repaid()
        : new Refused("more_than_captured");
  }

  private static Entry entry(Charge charge, Behaviour behaviour) {
    Status wished =
        switch (behaviour) {
          case Behaviour.Approve(), Behaviour.ApproveSlowly(_), Behaviour.FailFirst(_) ->
              Status.CAPTURED;
          case Behaviour.Decline(), Behaviour.Reject() -> Status.DECLINED;
          case Behaviour.Pend() -> Status.PENDING;
          case Behaviour.StaySilent() -> Status.SILENT;
        };
    int failures = behaviour instanceof Behaviour.FailFirst(var times) ? times : 0;
    return new Entry(charge.key(), charge.amount(), wished, failures);
  }

  /** The same for a key at any time, so it need not be kept. */
  private static String transactionId(UUID key) {
    return "sim_" + key.toString().replace("-", "");
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the caller hung up");
    }
  }

  private static Unavailable silence() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Unavailable("the caller hung up");
  }
}
