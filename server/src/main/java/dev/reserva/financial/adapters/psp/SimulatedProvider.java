package dev.reserva.financial.adapters.psp;

import dev.reserva.financial.adapters.psp.SimulatorLedger.Charged;
import dev.reserva.financial.adapters.psp.SimulatorLedger.Entry;
import dev.reserva.financial.adapters.psp.SimulatorLedger.Status;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.domain.Instructions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A payment provider that takes no real money. The token says what it does, see {@link Behaviour}.
 * What it has done stands in its {@link SimulatorLedger}, so a repeated key is never captured
 * twice, whatever crashes.
 */
public final class SimulatedProvider implements PaymentProvider {

  /** How long a pix can be paid. */
  private static final Duration PIX_LASTS = Duration.ofMinutes(30);

  /** On how many days after today a boleto can be paid. */
  private static final int BOLETO_DAYS = 3;

  private static final ZoneId BRAZIL = ZoneId.of("America/Sao_Paulo");

  private final SimulatorLedger ledger;
  private final Clock clock;

  public SimulatedProvider(SimulatorLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Answer charge(Charge charge) {
    Behaviour behaviour = Behaviour.of(charge.choice().token());
    Charged charged = ledger.charge(entry(charge, behaviour));
    if (behaviour instanceof Behaviour.ApproveSlowly(var pause)) {
      sleep(pause); // the money is taken already: a caller that hangs up now has to inquire
    }
    return switch (charged.status()) {
      case CAPTURED -> new Approved(transactionId(charge.key()));
      case DECLINED ->
          new Declined(behaviour instanceof Behaviour.Reject ? "invalid_token" : "declined");
      case VOIDED -> new Declined("voided");
      case PENDING -> new Pending(charged.instructions());
      case FAILING -> throw new Unavailable("the simulator fails as its token says");
      case SILENT -> throw silence();
    };
  }

  @Override
  public Standing inquire(UUID key) {
    return ledger
        .find(key)
        .<Standing>map(charged ->
            switch (charged.status()) {
              case CAPTURED -> new Approved(transactionId(key));
              case DECLINED -> new Declined("declined");
              case VOIDED -> new Declined("voided");
              case PENDING -> new Pending(charged.instructions());
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
    boolean elsewhere = !repay.transactionId().equals(transactionId(repay.charge()));
    return ledger.refund(repay.key(), repay.charge(), repay.amount(), elsewhere)
        ? new Repaid()
        : new Refused("not_captured_or_more");
  }

  private Entry entry(Charge charge, Behaviour behaviour) {
    Status ends =
        switch (behaviour) {
          case Behaviour.Approve(), Behaviour.ApproveSlowly(_), Behaviour.FailFirst(_) ->
              Status.CAPTURED;
          case Behaviour.Decline(), Behaviour.Reject() -> Status.DECLINED;
          case Behaviour.Pend() -> Status.PENDING;
          case Behaviour.StaySilent() -> Status.SILENT;
        };
    int failures = behaviour instanceof Behaviour.FailFirst(var times) ? times : 0;
    return new Entry(
        charge.key(),
        charge.amount(),
        new Charged(ends, ends == Status.PENDING ? instructions(charge) : Instructions.NONE),
        failures);
  }

  /** A card that waits is confirmed at the buyer's bank, without a code. */
  private Instructions instructions(Charge charge) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return switch (charge.choice().method()) {
      case CREDIT_CARD, DEBIT_CARD -> Instructions.NONE;
      case PIX -> new Instructions(PixCode.of(charge.key(), charge.amount()), now.plus(PIX_LASTS));
      case BOLETO -> {
        LocalDate due = LocalDate.ofInstant(now, BRAZIL).plusDays(BOLETO_DAYS);
        yield new Instructions(
            BoletoCode.of(charge.key(), charge.amount(), due),
            due.plusDays(1).atStartOfDay(BRAZIL).toInstant());
      }
    };
  }

  /** Derived from the key, so it need not be stored. */
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
