package dev.reserva.operations.application;

import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.Deliveries.Account;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.List;

/**
 * The backbone's counters agree (invariant 7): no cursor is beyond the log's end, each key with
 * parked events has a head with a retry or a dead letter, and every delivered event was handled, is
 * parked, or was discarded.
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
      tally.checked(1);
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
          "subscription %s has %d parked keys without a retry or dead letter at their head"
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
