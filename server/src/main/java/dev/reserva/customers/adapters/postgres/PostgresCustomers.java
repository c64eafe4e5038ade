package dev.reserva.customers.adapters.postgres;

import dev.reserva.contracts.Text;
import dev.reserva.customers.application.Customers;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Language;
import dev.reserva.customers.domain.PersonName;
import dev.reserva.customers.domain.Phone;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code customers.customer} */
public final class PostgresCustomers implements Customers {

  private static final String COLUMNS =
      "select id, name, email, phone, language, active, verified, version, created_at, updated_at"
          + " from customers.customer ";

  private static final String FIND = COLUMNS + "where id = ?";

  private static final String LOCK = FIND + " for update";

  private static final String WITH_EMAILS = COLUMNS + "where email_key = any(?)";

  private static final String ADD =
      """
      insert into customers.customer
        (id, name, email, email_key, phone, language, active, verified, version, created_at, updated_at)
      select id, name, email, email_key, phone, language, active, verified, version, created_at, updated_at
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::bool[],
        ?::int[], ?::timestamptz[], ?::timestamptz[]) with ordinality
        as c (id, name, email, email_key, phone, language, active, verified, version, created_at,
          updated_at, place)
      order by place
      on conflict (email_key) do nothing
      returning id
      """;

  // Of two transactions that take one address the second waits here and then finds it taken.
  private static final String LOCK_ADDRESS = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

  // Matches no row if another customer has the new address.
  private static final String UPDATE =
      """
      update customers.customer c
      set name = ?, email = ?, email_key = ?, phone = ?, language = ?, active = ?, verified = ?, version = ?, updated_at = ?
      where c.id = ?
        and not exists (
          select 1 from customers.customer other
          where other.email_key = ? and other.id <> c.id)
      """;

  @Override
  public Optional<Customer> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresCustomers::customer, id).stream().findFirst();
  }

  @Override
  public Optional<Customer> lock(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresCustomers::customer, id).stream().findFirst();
  }

  @Override
  public List<Customer> withEmails(Collection<Email> emails, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            WITH_EMAILS,
            PostgresCustomers::customer,
            (Object) emails.stream().map(Email::key).toArray(String[]::new));
  }

  @Override
  public List<Customer> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .andIfPresent("id = ?", filter.id())
            .andIfPresent("email_key = ?", filter.email() == null ? null : filter.email().key())
            .andIfPresent("id < ?", before);
    if (filter.name() != null) {
      conditions.and("strpos(lower(normalize(name, nfkc)), lower(?)) > 0", Text.key(filter.name()));
    }
    return Statements.of(tx)
        .query(
            COLUMNS + conditions.where() + "order by id desc limit ?",
            PostgresCustomers::customer,
            conditions.values(limit));
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
                Columns.texts(customers, customer -> Language.wireOrNull(customer.language())),
                Columns.booleans(customers, Customer::active),
                Columns.booleans(customers, Customer::verified),
                Columns.integers(customers, Customer::version),
                Columns.instants(customers, Customer::createdAt),
                Columns.instants(customers, Customer::updatedAt)));
  }

  @Override
  public boolean update(Customer customer, UnitOfWork tx) {
    Statements sql = Statements.of(tx);
    sql.query(LOCK_ADDRESS, row -> true, customer.email().key());
    return sql.update(
            UPDATE,
            customer.name().value(),
            customer.email().value(),
            customer.email().key(),
            phone(customer),
            Language.wireOrNull(customer.language()),
            customer.active(),
            customer.verified(),
            customer.version(),
            customer.updatedAt(),
            customer.id(),
            customer.email().key())
        == 1;
  }

  private static @Nullable String phone(Customer customer) {
    Phone phone = customer.phone();
    return phone == null ? null : phone.value();
  }

  private static Customer customer(ResultSet row) throws SQLException {
    String phone = row.getString("phone");
    String language = row.getString("language");
    return new Customer(
        Rows.uuid(row, "id"),
        new PersonName(row.getString("name")),
        new Email(row.getString("email")),
        phone == null ? null : new Phone(phone),
        language == null ? null : Language.ofWire(language),
        row.getBoolean("active"),
        row.getBoolean("verified"),
        row.getInt("version"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
