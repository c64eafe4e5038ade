package dev.reserva.messaging;

import java.util.List;

/**
 * Counters of all subscriptions of a database. They show whether every delivered event is accounted
 * for.
 */
public interface Deliveries {

  /** Every subscription that ever ran on this database. */
  List<Account> accounts(UnitOfWork snapshot);

  /**
   * @param position the subscription's cursor
   * @param end the log's end
   * @param delivered events that have reached it
   * @param handled of these, how many took effect
   * @param parked of these, how many wait now, including dead letters
   * @param discarded of these, how many were given up
   * @param headless keys whose first parked event has neither a retry nor a dead letter, so that it
   *     would stay parked; always 0 unless there is a bug
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
