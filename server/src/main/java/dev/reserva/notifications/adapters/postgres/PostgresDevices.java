package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.Devices;
import dev.reserva.notifications.application.Fingerprints;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Device;
import dev.reserva.platform.privacy.SubjectKey;
import dev.reserva.platform.privacy.SubjectKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The devices in {@code notifications.device}, sealed with the keys of this database. */
public final class PostgresDevices implements Devices {

  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

  private static final String COLUMNS =
      "select id, customer_id, token, created_at from notifications.device\n";

  private static final String WITH_TOKEN = COLUMNS + "where token_hash = ?";

  private static final String ADD =
      """
      insert into notifications.device (id, customer_id, token, token_hash, created_at)
      values (?, ?, ?, ?, ?)
      """;

  private static final String LIST =
      COLUMNS + "where customer_id = ? and (?::uuid is null or id < ?) order by id desc limit ?";

  private static final String OF =
      "select id, customer_id from notifications.device where customer_id = any(?)";

  private static final String TOKENS = COLUMNS + "where id = any(?)";

  private static final String REMOVE_ONE =
      "delete from notifications.device where id = ? and customer_id = ?";

  private static final String REMOVE = "delete from notifications.device where id = any(?)";

  /** What a sealed token is sealed as. */
  private static final String TOKEN = "notification.device";

  private final SubjectKeys keys;
  private final Fingerprints fingerprints;

  public PostgresDevices(SubjectKeys keys, Fingerprints fingerprints) {
    this.keys = keys;
    this.fingerprints = fingerprints;
  }

  @Override
  public void lock(UUID customer, UnitOfWork tx) {
    Statements.of(tx).query(LOCK, _ -> true, "notifications.device " + customer);
  }

  private record Row(UUID id, UUID customer, String token, Instant createdAt) {}

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "customer_id"),
        row.getString("token"),
        Rows.instant(row, "created_at"));
  }

  @Override
  public Optional<Device> withToken(String token, UnitOfWork tx) {
    return Statements.of(tx).query(WITH_TOKEN, PostgresDevices::row, hash(token)).stream()
        .findFirst()
        .map(row -> new Device(row.id(), row.customer(), token, row.createdAt()));
  }

  @Override
  public boolean add(Device device, UnitOfWork tx) {
    SubjectKey key = keys.obtain(Set.of(device.customerId()), tx).get(device.customerId());
    if (key == null) {
      return false;
    }
    Statements.of(tx)
        .write(
            ADD,
            device.id(),
            device.customerId(),
            key.seal(TOKEN, device.token()),
            hash(device.token()),
            device.createdAt());
    return true;
  }

  private String hash(String token) {
    return fingerprints.of(Channel.PUSH, token);
  }

  @Override
  public List<Device> list(UUID customer, @Nullable UUID before, int limit, UnitOfWork tx) {
    return opened(
        Statements.of(tx).query(LIST, PostgresDevices::row, customer, before, before, limit), tx);
  }

  private List<Device> opened(List<Row> rows, UnitOfWork tx) {
    Set<UUID> customers = rows.stream().map(Row::customer).collect(Collectors.toSet());
    Map<UUID, SubjectKey> known = customers.isEmpty() ? Map.of() : keys.find(customers, tx);
    List<Device> devices = new ArrayList<>(rows.size());
    for (Row row : rows) {
      SubjectKey key = known.get(row.customer());
      if (key != null) {
        key.open(TOKEN, row.token())
            .ifPresent(
                token -> devices.add(new Device(row.id(), row.customer(), token, row.createdAt())));
      }
    }
    return devices;
  }

  private record Owned(UUID id, UUID customer) {}

  @Override
  public Map<UUID, Set<UUID>> of(Collection<UUID> customers, UnitOfWork tx) {
    Map<UUID, Set<UUID>> devices = new HashMap<>();
    Statements.of(tx)
        .query(
            OF,
            row -> new Owned(Rows.uuid(row, "id"), Rows.uuid(row, "customer_id")),
            (Object) customers.toArray(UUID[]::new))
        .forEach(owned ->
            devices.computeIfAbsent(owned.customer(), _ -> new HashSet<>()).add(owned.id()));
    return devices;
  }

  @Override
  public Map<UUID, String> tokens(Collection<UUID> devices, UnitOfWork tx) {
    List<Row> rows =
        Statements.of(tx)
            .query(TOKENS, PostgresDevices::row, (Object) devices.toArray(UUID[]::new));
    return opened(rows, tx).stream().collect(Collectors.toMap(Device::id, Device::token));
  }

  @Override
  public boolean remove(UUID customer, UUID device, UnitOfWork tx) {
    return Statements.of(tx).update(REMOVE_ONE, device, customer) > 0;
  }

  @Override
  public void remove(Collection<UUID> devices, UnitOfWork tx) {
    Statements.of(tx).write(REMOVE, (Object) devices.toArray(UUID[]::new));
  }
}
