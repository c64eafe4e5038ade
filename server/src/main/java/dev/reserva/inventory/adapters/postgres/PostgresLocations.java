package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Table {@code inventory.location}. */
public final class PostgresLocations implements Locations {

  private static final String COLUMNS =
      "select id, code, name, priority, active from inventory.location\n";

  // The default location's row stands for the list of locations: whoever adds one holds it.
  private static final String LOCK_LIST =
      "select code from inventory.location where code = 'MAIN' for no key update";

  private static final String COUNT = "select count(*) as locations from inventory.location";

  private static final String ADD =
      """
      insert into inventory.location (id, code, name, priority, active) values (?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final String LOCK = COLUMNS + "where code = ? for no key update";

  private static final String REPLACE =
      "update inventory.location set name = ?, priority = ?, active = ? where code = ?";

  private static final String EXISTING = "select code from inventory.location where code = any (?)";

  private static final String LIST = COLUMNS + "where code > ? order by code limit ?";

  @Override
  public Added add(Location location, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    statements.query(LOCK_LIST, _ -> true);
    if (statements.query(COUNT, row -> row.getLong("locations")).getFirst() >= MAX) {
      return existing(List.of(location.code()), tx).isEmpty() ? Added.TOO_MANY : Added.CODE_TAKEN;
    }
    int added =
        statements.update(
            ADD,
            location.id(),
            location.code().value(),
            location.name(),
            location.priority(),
            location.active());
    return added == 1 ? Added.ADDED : Added.CODE_TAKEN;
  }

  @Override
  public Optional<Location> lock(LocationCode code, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresLocations::location, code.value()).stream()
        .findFirst();
  }

  @Override
  public void replace(Location location, UnitOfWork tx) {
    Statements.of(tx)
        .update(
            REPLACE,
            location.name(),
            location.priority(),
            location.active(),
            location.code().value());
  }

  @Override
  public Set<LocationCode> existing(Collection<LocationCode> codes, UnitOfWork tx) {
    return Set.copyOf(
        Statements.of(tx)
            .query(
                EXISTING,
                row -> LocationCode.of(row.getString("code")),
                (Object) codes.stream().map(LocationCode::value).toArray(String[]::new)));
  }

  @Override
  public List<Location> list(@Nullable LocationCode after, int limit, UnitOfWork tx) {
    return Statements.of(tx)
        .query(LIST, PostgresLocations::location, after == null ? "" : after.value(), limit);
  }

  private static Location location(ResultSet row) throws SQLException {
    return new Location(
        Rows.uuid(row, "id"),
        LocationCode.of(row.getString("code")),
        row.getString("name"),
        row.getInt("priority"),
        row.getBoolean("active"));
  }
}
