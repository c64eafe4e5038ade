package dev.reserva.messaging;

import java.util.List;

/** The bookkeeping of all subscriptions of a database, to be checked on one snapshot. */
public interface Deliveries {

  /** Every subscription that ever ran on this database. */
  List<Account> accounts(UnitOfWork snapshot);

  /**
   * @param position how far the subscription is
   * @param end the log's end
   * @param delivered events that ever reached it
   * @param handled of these, how many took effect
   * @param parked of these, how many wait, dead letters among them
   * @param discarded of these, how many were given up for good
   * @param headless keys whose first parked event neither awaits a retry nor is a dead letter, so
   *     that nothing would ever set them free
   */
  record Account(
      String subscription,
      long position,
      long end,
      long delivered,
      long handled,
      long parked,
      long discarded,
      long headless) {}
}
