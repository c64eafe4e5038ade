package dev.reserva.messaging.store;

import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;

/** Counters of all subscriptions, on PostgreSQL. */
public final class PostgresDeliveries implements Deliveries {

  private static final String SELECT_ACCOUNTS =
      """
      select s.name, s.position, (select max(position) from messaging.log_end) as log_end, s.delivered, s.handled,
        (select count(*) from messaging.parked p where p.subscription = s.name) as parked, s.discarded,
        (select count(*) filter (where head.status = 'WAITING') from (
           select distinct on (p.key) p.status from messaging.parked p
           where p.subscription = s.name order by p.key, p.position) head) as headless
      from messaging.subscription s
      order by s.name
      """;

  @Override
  public List<Account> accounts(UnitOfWork snapshot) {
    return Sql.query(
        Sql.connection(snapshot),
        SELECT_ACCOUNTS,
        row ->
            new Account(
                EventColumns.text(row, "name"),
                row.getLong("position"),
                row.getLong("log_end"),
                row.getLong("delivered"),
                row.getLong("handled"),
                row.getLong("parked"),
                row.getLong("discarded"),
                row.getLong("headless")));
  }
}
