package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Customers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The customers in {@code sales.customer}. */
public final class PostgresCustomers implements Customers {

  private static final String ACTIVE =
      "select customer_id, active from sales.customer where customer_id = any(?)";

  private static final String LOCK =
      """
      select customer_id, verified from sales.customer where customer_id = any(?)
      order by customer_id
      for no key update
      """;

  private static final String ADD =
      """
      insert into sales.customer (customer_id, active)
      select id, true from unnest(?) as id
      on conflict (customer_id) do nothing
      """;

  private static final String VERIFY =
      """
      insert into sales.customer as c (customer_id, active, verified)
      select id, true, true from unnest(?) as id
      on conflict (customer_id) do update set verified = true where not c.verified
      """;

  private static final String DEACTIVATE =
      """
      insert into sales.customer as c (customer_id, active)
      select id, false from unnest(?) as id
      on conflict (customer_id) do update set active = false where c.active
      """;

  private record Known(UUID id, boolean active) {}

  @Override
  public Supplier<Map<UUID, Boolean>> active(Collection<UUID> ids, UnitOfWork tx) {
    Supplier<List<Known>> asked =
        Statements.of(tx)
            .ask(
                ACTIVE,
                row -> new Known(Rows.uuid(row, "customer_id"), row.getBoolean("active")),
                (Object) ids.toArray(UUID[]::new));
    return () -> asked.get().stream().collect(Collectors.toMap(Known::id, Known::active));
  }

  private record Locked(UUID id, boolean verified) {}

  @Override
  public Supplier<Map<UUID, Boolean>> lock(Collection<UUID> ids, UnitOfWork tx) {
    Supplier<List<Locked>> asked =
        Statements.of(tx)
            .ask(
                LOCK,
                row -> new Locked(Rows.uuid(row, "customer_id"), row.getBoolean("verified")),
                (Object) ids.toArray(UUID[]::new));
    return () -> asked.get().stream().collect(Collectors.toMap(Locked::id, Locked::verified));
  }

  @Override
  public void add(Collection<UUID> ids, UnitOfWork tx) {
    Statements.of(tx).write(ADD, (Object) ids.toArray(UUID[]::new));
  }

  @Override
  public void verify(Collection<UUID> ids, UnitOfWork tx) {
    Statements.of(tx).write(VERIFY, (Object) ids.toArray(UUID[]::new));
  }

  @Override
  public void deactivate(Collection<UUID> ids, UnitOfWork tx) {
    Statements.of(tx).write(DEACTIVATE, (Object) ids.toArray(UUID[]::new));
  }
}
