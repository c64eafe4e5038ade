package dev.reserva.operations.application;

import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.Deliveries.Account;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.List;

/**
 * The backbone's own books (invariant 7): no subscription is beyond the log's end, whatever is
 * parked has a head that sets it free one day, and what was delivered was handled, is parked, or
 * was discarded.
 */
public final class DeliveriesAddUp implements Invariant {

  private final Deliveries deliveries;

  public DeliveriesAddUp(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public String name() {
    return "backbone.deliveries-add-up";
  }

  @Override
  public Finding count(UnitOfWork snapshot, Deadline deadline) {
    Tally tally = new Tally();
    for (Account account : deliveries.accounts(snapshot)) {
      tally.looked(1);
      List<String> wrong = wrong(account);
      if (!wrong.isEmpty()) {
        tally.violated(wrong);
      }
    }
    return tally.finding();
  }

  private static List<String> wrong(Account account) {
    List<String> wrong = new ArrayList<>();
    if (account.position() > account.end()) {
      wrong.add(
          "subscription %s is at %d, beyond the log's end %d"
              .formatted(account.subscription(), account.position(), account.end()));
    }
    if (account.headless() > 0) {
      wrong.add(
          "subscription %s has %d keys parked behind nothing"
              .formatted(account.subscription(), account.headless()));
    }
    long accounted = account.handled() + account.parked() + account.discarded();
    if (accounted != account.delivered()) {
      wrong.add(
          "subscription %s was delivered %d events, but handled %d, parked %d and discarded %d"
              .formatted(
                  account.subscription(),
                  account.delivered(),
                  account.handled(),
                  account.parked(),
                  account.discarded()));
    }
    return wrong;
  }
}
