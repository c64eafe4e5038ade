package dev.reserva.messaging.transport;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.TransportHarness.Crash;
import dev.reserva.messaging.transport.TransportHarness.CrashPoint;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The transactions of a process that can die. After its death, every call throws. */
public final class CrashingTransactions implements Transactions {

  private final Transactions transactions;
  private @Nullable CrashPoint next;
  private @Nullable Crash crash;

  public CrashingTransactions(Transactions transactions) {
    this.transactions = transactions;
  }

  public void crashAt(CrashPoint point) {
    next = point;
  }

  public boolean dead() {
    return crash != null;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    check();
    R result =
        transactions.call(tx -> {
          R answer = work.apply(tx);
          at(CrashPoint.AFTER_EFFECT);
          return answer;
        });
    at(CrashPoint.AFTER_COMMIT);
    return result;
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    check();
    return transactions.snapshot(work);
  }

  private void at(CrashPoint point) {
    if (point == next) {
      crash = new Crash(point);
      throw crash;
    }
  }

  private void check() {
    if (crash != null) {
      throw crash;
    }
  }
}
