package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.domain.Language;
import dev.reserva.platform.privacy.SubjectKey;
import dev.reserva.platform.privacy.SubjectKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The customers in {@code notifications.customer}, opened with the keys of this database. */
public final class PostgresRecipients implements Recipients {

  private static final String SAVE =
      """
      insert into notifications.customer as c (customer_id, name, email, phone, language)
      select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])
        as new (customer_id, name, email, phone, language)
      order by customer_id
      on conflict (customer_id) do update
      set name = excluded.name, email = excluded.email, phone = excluded.phone, language = excluded.language
      where c.name is not null
      """;

  private static final String ERASE =
      """
      insert into notifications.customer (customer_id)
      select id from unnest(?::uuid[]) as id order by id
      on conflict (customer_id) do update set name = null, email = null, phone = null, language = null
      """;

  private static final String FIND =
      """
      select customer_id, name, email, phone, language
      from notifications.customer
      where customer_id = any(?)
      """;

  private static final String WITH_PHONE =
      """
      select customer_id
      from notifications.customer
      where customer_id = any(?) and phone is not null
      """;

  private static final String KNOWN =
      """
      select customer_id
      from notifications.customer
      where customer_id = any(?) and name is not null
      """;

  private static final List<String> FORGET =
      List.of(
          "delete from notifications.device where customer_id = any(?)",
          "delete from notifications.preference where customer_id = any(?)",
          "delete from notifications.bounce where customer_id = any(?)");

  private final SubjectKeys keys;

  public PostgresRecipients(SubjectKeys keys) {
    this.keys = keys;
  }

  @Override
  public void save(List<Sealed> customers, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            SAVE,
            Columns.uuids(customers, Sealed::customerId),
            Columns.texts(customers, Sealed::name),
            Columns.texts(customers, Sealed::email),
            Columns.texts(customers, Sealed::phone),
            Columns.texts(customers, it -> it.language() == null ? null : it.language().wire()));
  }

  @Override
  public void erase(Collection<UUID> customers, UnitOfWork tx) {
    Object erased = customers.toArray(UUID[]::new);
    Statements.of(tx).write(ERASE, erased);
    FORGET.forEach(sql -> Statements.of(tx).write(sql, erased));
    // Of the words in the history. In a database of its own, notifications has keys of its own.
    keys.destroy(customers, tx);
  }

  @Override
  public Set<UUID> known(Collection<UUID> customers, UnitOfWork tx) {
    return among(KNOWN, customers, tx);
  }

  @Override
  public Set<UUID> withPhone(Collection<UUID> customers, UnitOfWork tx) {
    return among(WITH_PHONE, customers, tx);
  }

  private static Set<UUID> among(String sql, Collection<UUID> customers, UnitOfWork tx) {
    return new HashSet<>(
        Statements.of(tx)
            .query(
                sql,
                row -> Rows.uuid(row, "customer_id"),
                (Object) customers.toArray(UUID[]::new)));
  }

  private record Row(UUID id, @Nullable Sealed sealed) {}

  @Override
  public Map<UUID, Contact> find(Collection<UUID> customers, UnitOfWork tx) {
    List<Row> rows =
        Statements.of(tx)
            .query(FIND, PostgresRecipients::row, (Object) customers.toArray(UUID[]::new));
    Map<UUID, SubjectKey> known = keys.find(customers, tx);
    Map<UUID, Contact> contacts = new HashMap<>();
    rows.forEach(row ->
        contacts.put(
            row.id(),
            row.sealed() == null
                ? new Contact.Erased()
                : opened(row.sealed(), known.get(row.id()))));
    return contacts;
  }

  private static Row row(ResultSet row) throws SQLException {
    UUID id = Rows.uuid(row, "customer_id");
    String name = row.getString("name");
    String email = row.getString("email");
    String language = row.getString("language");
    return new Row(
        id,
        name == null || email == null
            ? null
            : new Sealed(
                id,
                name,
                email,
                row.getString("phone"),
                language == null ? null : Language.ofWire(language)));
  }

  private static Contact opened(Sealed sealed, @Nullable SubjectKey key) {
    Optional<String> name = open("name", sealed.name(), key);
    Optional<String> email = open("email", sealed.email(), key);
    String phone = sealed.phone();
    Optional<String> number = phone == null ? Optional.empty() : open("phone", phone, key);
    return name.isEmpty() || email.isEmpty()
        ? new Contact.Locked(sealed)
        : new Contact.Known(name.get(), email.get(), number.orElse(null), sealed.language());
  }

  private static Optional<String> open(String member, String text, @Nullable SubjectKey key) {
    if (key != null) {
      return key.open(member, text);
    }
    return SubjectKey.isSealed(text) ? Optional.empty() : Optional.of(text);
  }
}
