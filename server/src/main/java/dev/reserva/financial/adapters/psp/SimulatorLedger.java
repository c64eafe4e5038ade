package dev.reserva.financial.adapters.psp;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What the simulator knows: the tables of the schema {@code psp_simulator}. Charges that come
 * together are written together.
 */
public final class SimulatorLedger implements AutoCloseable {

  /** Where a charge stands with the simulator. */
  public enum Status {
    CAPTURED,
    DECLINED,
    PENDING,
    /** Fails as often as its token says. */
    FAILING,
    /** Never answers. */
    SILENT,
    /** Abandoned before anything was taken. */
    VOIDED
  }

  /**
   * A charge as it arrives.
   *
   * @param wished where it stands after its failures
   * @param failures how often it fails first
   */
  record Entry(UUID key, Money amount, Status wished, int failures) {}

  private static final String CHARGE =
      """
      insert into psp_simulator.charges (key, amount, currency, status, failures)
      select key, amount, currency, status, 0
      from unnest(?::uuid[], ?::numeric[], ?::text[], ?::text[])
        as new (key, amount, currency, status)
      on conflict (key) do nothing
      """;

  private static final String CHARGE_AGAIN =
      """
      update psp_simulator.charges as charge
      set failures = charge.failures + (charge.failures < again.failures)::integer,
          status = case when charge.failures < again.failures then 'FAILING' else 'CAPTURED' end
      from unnest(?::uuid[], ?::integer[]) as again (key, failures)
      where charge.key = again.key and charge.status = 'FAILING'
      """;

  private static final String STATUSES =
      "select key, status from psp_simulator.charges where key = any (?)";

  private static final String ABANDON =
      """
      insert into psp_simulator.charges as charge (key, amount, currency, status, failures)
      values (?, ?, ?, 'VOIDED', 0)
      on conflict (key) do update
      set status = case
        when charge.status in ('PENDING', 'FAILING', 'SILENT') then 'VOIDED' else charge.status end
      returning charge.status
      """;

  private static final String LOCK_CHARGE =
      "select amount from psp_simulator.charges where key = ? and status <> 'DECLINED' for update";

  /**
   * What waits for the buyer counts as paid here: whoever settles it by webhook or by hand says so.
   */
  private static final String REFUND =
      """
      insert into psp_simulator.refunds (key, charge_key, amount)
      select :key, :charge, :amount
      where :amount + (
        select coalesce(sum(amount), 0) from psp_simulator.refunds where charge_key = :charge
      ) <= :captured
      """;

  private static final String HAS_REFUND =
      "select count(*) from psp_simulator.refunds where key = ?";

  private static final int MAX_GROUP = 500;

  /** More than financial ever calls at a time. */
  private static final int MAX_WAITING = 20_000;

  private final Transactions transactions;
  private final GroupCommit<Entry, Status> charges;

  public SimulatorLedger(Transactions transactions) {
    this.transactions = transactions;
    this.charges =
        new GroupCommit<>(
            "psp-simulator", transactions, MAX_GROUP, MAX_WAITING, SimulatorLedger::write);
  }

  /** Enters a charge, or another try of one, and says how it stands then. */
  Status charge(Entry entry) {
    return charges.submit(entry);
  }

  Optional<Status> find(UUID key) {
    return transactions.snapshot(tx ->
        client(tx)
            .sql("select status from psp_simulator.charges where key = ?")
            .param(key)
            .query(String.class)
            .optional()
            .map(Status::valueOf));
  }

  /** Makes sure that nothing will be captured, unless it has been. */
  Status abandon(UUID key, Money amount) {
    return transactions.call(tx ->
        Status.valueOf(
            client(tx)
                .sql(ABANDON)
                .params(key, amount.amount(), amount.currency())
                .query(String.class)
                .single()));
  }

  /**
   * Gives back, once per key.
   *
   * @return whether it was, now or before; not when it would be more than was charged
   */
  boolean refund(UUID key, UUID charge, Money amount) {
    return transactions.call(tx -> {
      JdbcClient client = client(tx);
      var captured =
          client.sql(LOCK_CHARGE).param(charge).query(java.math.BigDecimal.class).optional();
      if (captured.isEmpty()) {
        return false;
      }
      if (client.sql(HAS_REFUND).param(key).query(Long.class).single() > 0) {
        return true;
      }
      return client
              .sql(REFUND)
              .param("key", key)
              .param("charge", charge)
              .param("amount", amount.amount())
              .param("captured", captured.get())
              .update()
          == 1;
    });
  }

  @Override
  public void close() {
    charges.close();
  }

  private static List<Status> write(List<Entry> entries, UnitOfWork tx) {
    Connection connection = tx.resource(Connection.class);
    UUID[] keys = entries.stream().map(Entry::key).toArray(UUID[]::new);
    try {
      int inserted = insert(entries, keys, connection);
      boolean simple = entries.stream().allMatch(entry -> entry.failures() == 0);
      return simple && inserted == entries.size()
          ? entries.stream().map(Entry::wished).toList()
          : again(entries, keys, connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the simulator's ledger cannot be written", e);
    }
  }

  private static Status first(Entry entry) {
    return entry.failures() > 0 ? Status.FAILING : entry.wished();
  }

  private static int insert(List<Entry> entries, UUID[] keys, Connection connection)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHARGE)) {
      statement.setArray(1, connection.createArrayOf("uuid", keys));
      statement.setArray(
          2,
          connection.createArrayOf(
              "numeric", entries.stream().map(entry -> entry.amount().amount()).toArray()));
      statement.setArray(
          3,
          connection.createArrayOf(
              "text", entries.stream().map(entry -> entry.amount().currency()).toArray()));
      statement.setArray(
          4,
          connection.createArrayOf(
              "text", entries.stream().map(entry -> first(entry).name()).toArray()));
      return statement.executeUpdate();
    }
  }

  /** Some of these keys may have been here before, and tries of failing ones are counted. */
  private static List<Status> again(List<Entry> entries, UUID[] keys, Connection connection)
      throws SQLException {
    List<Entry> failing = entries.stream().filter(entry -> entry.failures() > 0).toList();
    if (!failing.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(CHARGE_AGAIN)) {
        statement.setArray(
            1, connection.createArrayOf("uuid", failing.stream().map(Entry::key).toArray()));
        statement.setArray(
            2,
            connection.createArrayOf("integer", failing.stream().map(Entry::failures).toArray()));
        statement.executeUpdate();
      }
    }
    Map<UUID, Status> statuses = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(STATUSES)) {
      statement.setArray(1, connection.createArrayOf("uuid", keys));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          statuses.put(row.getObject(1, UUID.class), Status.valueOf(row.getString(2)));
        }
      }
    }
    return entries.stream()
        .map(entry -> java.util.Objects.requireNonNull(statuses.get(entry.key())))
        .toList();
  }

  private static JdbcClient client(UnitOfWork tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }
}
