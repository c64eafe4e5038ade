package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.Allowances;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The counts in {@code notifications.allowance}. */
public final class PostgresAllowances implements Allowances {

  private static final String COUNTED =
      "select id from notifications.message where id = any(?) and counted";

  private static final String BEGIN =
      """
      insert into notifications.allowance (recipient, day, used)
      select recipient, ?::date, 0 from unnest(?::text[]) as recipient
      order by recipient
      on conflict (recipient, day) do nothing
      """;

  private static final String LOCK =
      """
      select recipient, used
      from notifications.allowance
      where day = ?::date and recipient = any(?)
      order by recipient
      for update
      """;

  private static final String USE =
      """
      update notifications.allowance a
      set used = u.used
      from unnest(?::text[], ?::int[]) as u (recipient, used)
      where a.day = ?::date and a.recipient = u.recipient and a.recipient = any(?)
      """;

  private static final String COUNT =
      "update notifications.message set counted = true where id = any(?)";

  private static final String REMOVE =
      """
      delete from notifications.allowance
      where ctid = any(array(select ctid from notifications.allowance where day < ?::date limit ?))
      """;

  private record Used(String recipient, int used) {}

  @Override
  public Set<UUID> take(List<Asked> asked, LocalDate day, int most, UnitOfWork tx) {
    String today = day.toString();
    String[] recipients =
        asked.stream().map(Asked::recipient).distinct().sorted().toArray(String[]::new);
    Statements statements = Statements.of(tx);
    statements.write(BEGIN, today, recipients);
    Map<String, Integer> used = new TreeMap<>();
    statements
        .query(
            LOCK,
            row -> new Used(row.getString("recipient"), row.getInt("used")),
            today,
            recipients)
        .forEach(row -> used.put(row.recipient(), row.used()));
    Set<UUID> admitted =
        new HashSet<>(
            statements.query(
                COUNTED,
                row -> Rows.uuid(row, "id"),
                (Object) asked.stream().map(Asked::message).toArray(UUID[]::new)));
    List<UUID> counted = new ArrayList<>();
    for (Asked one : asked) {
      if (!admitted.contains(one.message()) && used.getOrDefault(one.recipient(), 0) < most) {
        used.merge(one.recipient(), 1, Integer::sum);
        counted.add(one.message());
      }
    }
    if (!counted.isEmpty()) {
      List<Used> rows =
          used.entrySet().stream()
              .map(entry -> new Used(entry.getKey(), entry.getValue()))
              .collect(Collectors.toList());
      statements.write(
          USE,
          Columns.texts(rows, Used::recipient),
          rows.stream().map(Used::used).toArray(Integer[]::new),
          today,
          recipients);
      statements.write(COUNT, (Object) counted.toArray(UUID[]::new));
      admitted.addAll(counted);
    }
    return admitted;
  }

  @Override
  public int removeBefore(LocalDate day, int limit, UnitOfWork tx) {
    return Statements.of(tx).update(REMOVE, day.toString(), limit);
  }
}
