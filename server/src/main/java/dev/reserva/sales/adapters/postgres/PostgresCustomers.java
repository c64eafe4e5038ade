package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.privacy.SubjectKey;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.sales.application.Customers;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The customers in {@code sales.customer} and their erasures. Each statement locks its rows in the
 * order of their ids, so that two batches about the same customers do not wait in a circle.
 */
public final class PostgresCustomers implements Customers {

  /** Names the member that is sealed. */
  static final String ADDRESS = "shippingAddress";

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
      select id, true from unnest(?) as id order by id
      on conflict (customer_id) do nothing
      """;

  private static final String VERIFY =
      """
      insert into sales.customer as c (customer_id, active, verified)
      select id, true, true from unnest(?) as id order by id
      on conflict (customer_id) do update set verified = true where not c.verified
      """;

  private static final String DEACTIVATE =
      """
      insert into sales.customer as c (customer_id, active)
      select id, false from unnest(?) as id order by id
      on conflict (customer_id) do update set active = false where c.active
      """;

  private static final String REACTIVATE =
      """
      insert into sales.customer as c (customer_id, active)
      select id, true from unnest(?) as id order by id
      on conflict (customer_id) do update set active = true where not c.active
      """;

  private static final String REQUEST_ERASURE =
      """
      insert into sales.erasure (customer_id, correlation_id, causation_id)
      select * from unnest(?::uuid[], ?::text[], ?::uuid[])
        as wanted (customer_id, correlation_id, causation_id)
      order by customer_id
      on conflict (customer_id) do nothing
      """;

  // The pause lets orders commit that were being placed when the customer was deactivated.
  private static final String TAKE_ERASABLE =
      """
      update sales.erasure
      set orders_ended_at = now()
      where customer_id in (
        select e.customer_id
        from sales.erasure e
        where e.orders_ended_at is null
          and e.requested_at < now() - interval '2 seconds'
          and not exists (
            select 1 from sales.order o
            where o.customer_id = e.customer_id
              and o.status in ('PENDING', 'PENDING_PAYMENT', 'PAID', 'CONFIRMED', 'SHIPPED'))
        order by e.requested_at
        limit ?
        for update skip locked)
      returning customer_id, correlation_id, causation_id
      """;

  // An update alone would lock its rows in no particular order.
  private static final String ERASED =
      """
      update sales.erasure
      set erased_at = now()
      where customer_id = any(array(
        select customer_id from sales.erasure
        where customer_id = any(?) and erased_at is null
        order by customer_id
        for no key update))
      """;

  private static final String ERASE_ORDERS =
      """
      update sales.order
      set shipping_address = null, note = null
      where id = any(array(
        select id from sales.order
        where customer_id = any(?) and (shipping_address is not null or note is not null)
        order by id
        for no key update))
      """;

  private static final String ERASE_RETURNS =
      """
      update sales.return
      set reason = 'erased', note = null
      where id = any(array(
        select id from sales.return where customer_id = any(?) order by id for no key update))
      """;

  private final SubjectKeys keys;

  public PostgresCustomers(SubjectKeys keys) {
    this.keys = keys;
  }

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

  @Override
  public void reactivate(Collection<UUID> ids, UnitOfWork tx) {
    Statements.of(tx).write(REACTIVATE, (Object) ids.toArray(UUID[]::new));
  }

  @Override
  public Map<UUID, AddressSeal> seals(Collection<UUID> ids, UnitOfWork tx) {
    Map<UUID, AddressSeal> seals = new HashMap<>();
    keys.obtain(ids, tx).forEach((id, key) -> seals.put(id, address -> key.seal(ADDRESS, address)));
    return seals;
  }

  @Override
  public AddressOpener opener(UUID id, UnitOfWork tx) {
    SubjectKey key = keys.find(List.of(id), tx).get(id);
    return text ->
        key != null
            ? key.open(ADDRESS, text).orElse(null)
            : SubjectKey.isSealed(text) ? null : text;
  }

  @Override
  public void requestErasure(Collection<Erasure> erasures, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REQUEST_ERASURE,
            Columns.uuids(erasures, Erasure::customerId),
            Columns.texts(erasures, erasure -> erasure.cause().correlationId()),
            Columns.uuids(erasures, erasure -> erasure.cause().causationId()));
  }

  @Override
  public List<Erasure> takeErasable(int limit, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            TAKE_ERASABLE,
            row ->
                new Erasure(
                    Rows.uuid(row, "customer_id"),
                    new Cause(
                        row.getString("correlation_id"),
                        Rows.uuidOrNull(row, "causation_id"),
                        null,
                        null)),
            limit);
  }

  @Override
  public void erase(Collection<UUID> ids, UnitOfWork tx) {
    UUID[] erased = ids.toArray(UUID[]::new);
    Statements.of(tx).write(ERASED, (Object) erased);
    Statements.of(tx).write(ERASE_ORDERS, (Object) erased);
    Statements.of(tx).write(ERASE_RETURNS, (Object) erased);
    // Of the addresses in the log. In a database of its own, sales has keys of its own.
    keys.destroy(ids, tx);
  }
}
