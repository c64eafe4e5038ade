package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Customers;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.PersonName;
import dev.reserva.customers.domain.Phone;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code customers.customer} */
public final class PostgresCustomers implements Customers {

  private static final String COLUMNS =
      "select id, name, email, phone, active, version, created_at, updated_at from customers.customer ";

  private static final String FIND = COLUMNS + "where id = ?";

  private static final String LOCK = FIND + " for update";

  private static final String ADD =
      """
      insert into customers.customer
        (id, name, email, email_key, phone, active, version, created_at, updated_at)
      select id, name, email, email_key, phone, active, version, created_at, updated_at
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::int[],
        ?::timestamptz[], ?::timestamptz[]) with ordinality
        as c (id, name, email, email_key, phone, active, version, created_at, updated_at, place)
      order by place
      on conflict (email_key) do nothing
      returning id
      """;

  // Of two that take one address at once the second waits here, and then finds it taken.
  private static final String TAKE_TURNS = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

  // Matches no row when the new address is another's.
  private static final String UPDATE =
      """
      update customers.customer c
      set name = ?, email = ?, email_key = ?, phone = ?, active = ?, version = ?, updated_at = ?
      where c.id = ?
        and not exists (
          select 1 from customers.customer other
          where other.email_key = ? and other.id <> c.id)
      """;

  @Override
  public Optional<Customer> find(UUID id, UnitOfWork tx) {
    return sql(tx).sql(FIND).param(id).query(PostgresCustomers::customer).optional();
  }

  @Override
  public Optional<Customer> lock(UUID id, UnitOfWork tx) {
    return sql(tx).sql(LOCK).param(id).query(PostgresCustomers::customer).optional();
  }

  @Override
  public List<Customer> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (filter.id() != null) {
      conditions.add("id = ?");
      values.add(filter.id());
    }
    if (filter.email() != null) {
      conditions.add("email_key = ?");
      values.add(filter.email().key());
    }
    if (filter.name() != null) {
      conditions.add("strpos(lower(name), lower(?)) > 0");
      values.add(filter.name());
    }
    if (before != null) {
      conditions.add("id < ?");
      values.add(before);
    }
    values.add(limit);
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    return Statements.of(tx)
        .query(
            COLUMNS + where + " order by id desc limit ?",
            row -> customer(row, 0),
            values.toArray());
  }

  @Override
  public Set<UUID> add(List<Customer> customers, UnitOfWork tx) {
    return Set.copyOf(
        Statements.of(tx)
            .query(
                ADD,
                row -> Rows.uuid(row, "id"),
                Columns.uuids(customers, Customer::id),
                Columns.texts(customers, customer -> customer.name().value()),
                Columns.texts(customers, customer -> customer.email().value()),
                Columns.texts(customers, customer -> customer.email().key()),
                Columns.texts(customers, PostgresCustomers::phone),
                Columns.booleans(customers, Customer::active),
                Columns.integers(customers, Customer::version),
                Columns.instants(customers, Customer::createdAt),
                Columns.instants(customers, Customer::updatedAt)));
  }

  @Override
  public boolean update(Customer customer, UnitOfWork tx) {
    JdbcClient sql = sql(tx);
    sql.sql(TAKE_TURNS).param(customer.email().key()).query((row, number) -> true).single();
    return sql.sql(UPDATE)
            .param(customer.name().value())
            .param(customer.email().value())
            .param(customer.email().key())
            .param(phone(customer))
            .param(customer.active())
            .param(customer.version())
            .param(at(customer.updatedAt()))
            .param(customer.id())
            .param(customer.email().key())
            .update()
        == 1;
  }

  private static JdbcClient sql(UnitOfWork tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }

  private static @Nullable String phone(Customer customer) {
    Phone phone = customer.phone();
    return phone == null ? null : phone.value();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Customer customer(ResultSet row, int number) throws SQLException {
    String phone = row.getString("phone");
    return new Customer(
        row.getObject("id", UUID.class),
        new PersonName(row.getString("name")),
        new Email(row.getString("email")),
        phone == null ? null : new Phone(phone),
        row.getBoolean("active"),
        row.getInt("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
