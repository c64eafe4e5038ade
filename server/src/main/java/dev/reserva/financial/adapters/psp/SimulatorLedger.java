package dev.reserva.financial.adapters.psp;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.Connection;
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
    boolean simple = entries.stream().allMatch(entry -> entry.failures() == 0);
    return insert(entries, tx) == entries.size() && simple
        ? entries.stream().map(Entry::wished).toList()
        : again(entries, tx);
  }

  private static Status first(Entry entry) {
    return entry.failures() > 0 ? Status.FAILING : entry.wished();
  }

  private static int insert(List<Entry> entries, UnitOfWork tx) {
    return Statements.of(tx)
        .update(
            CHARGE,
            Columns.uuids(entries, Entry::key),
            Columns.numbers(entries, entry -> entry.amount().amount()),
            Columns.texts(entries, entry -> entry.amount().currency()),
            Columns.texts(entries, entry -> first(entry).name()));
  }

  /** Some of these keys may have been here before, and tries of failing ones are counted. */
  private static List<Status> again(List<Entry> entries, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    List<Entry> failing = entries.stream().filter(entry -> entry.failures() > 0).toList();
    if (!failing.isEmpty()) {
      statements.write(
          CHARGE_AGAIN,
          Columns.uuids(failing, Entry::key),
          Columns.integers(failing, Entry::failures));
    }
    Map<UUID, Status> statuses = new HashMap<>();
    statements.query(
        STATUSES,
        row -> statuses.put(Rows.uuid(row, "key"), Status.valueOf(row.getString("status"))),
        (Object) Columns.uuids(entries, Entry::key));
    return entries.stream().map(entry -> requireNonNull(statuses.get(entry.key()))).toList();
  }

  private static JdbcClient client(UnitOfWork tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }
}
