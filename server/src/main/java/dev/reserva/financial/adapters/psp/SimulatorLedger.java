package dev.reserva.financial.adapters.psp;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the simulator has on record: the tables of the schema {@code psp_simulator}. Charges that
 * arrive together are written together.
 */
public final class SimulatorLedger implements AutoCloseable {

  /** The status of a charge. */
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
   * A charge on record.
   *
   * @param instructions for a charge that is PENDING
   */
  record Charged(Status status, Instructions instructions) {}

  /**
   * A charge as it arrives.
   *
   * @param ends what becomes of it after its failures
   * @param failures how often it fails first
   */
  record Entry(UUID key, Money amount, Charged ends, int failures) {}

  private static final String CHARGE =
      """
      insert into psp_simulator.charges (key, amount, currency, status, failures, pay_code, pay_by)
      select key, amount, currency, status, 0, pay_code, pay_by
      from unnest(?::uuid[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
        as new (key, amount, currency, status, pay_code, pay_by)
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

  private static final String FIND =
      "select key, status, pay_code, pay_by from psp_simulator.charges where key = any (?)";

  private static final String ABANDON =
      """
      insert into psp_simulator.charges as charge (key, amount, currency, status, failures)
      values (?, ?, ?, 'VOIDED', 0)
      on conflict (key) do update
      set status = case
        when charge.status in ('PENDING', 'FAILING', 'SILENT') then 'VOIDED' else charge.status end
      returning charge.status
      """;

  /**
   * What is given back must have been taken: by this ledger, or, as a webhook or an operator says,
   * elsewhere. A declined charge was taken nowhere.
   */
  private static final String LOCK_CHARGE =
      """
      select amount from psp_simulator.charges
      where key = ? and (status = 'CAPTURED' or (status <> 'DECLINED' and ?))
      for update
      """;

  private static final String REFUND =
      """
      insert into psp_simulator.refunds (key, charge_key, amount)
      select new.key, new.charge, new.amount
      from (values (?::uuid, ?::uuid, ?::numeric, ?::numeric)) as new (key, charge, amount, captured)
      where new.amount + (
        select coalesce(sum(amount), 0) from psp_simulator.refunds where charge_key = new.charge
      ) <= new.captured
      """;

  private static final String HAS_REFUND =
      "select charge_key = ? and amount = ? as same from psp_simulator.refunds where key = ?";

  private static final int MAX_GROUP = 500;

  /** More than financial ever calls at a time. */
  private static final int MAX_WAITING = 20_000;

  private final Transactions transactions;
  private final GroupCommit<Entry, Charged> charges;

  public SimulatorLedger(Transactions transactions) {
    this.transactions = transactions;
    this.charges =
        new GroupCommit<>(
            "psp-simulator", transactions, MAX_GROUP, MAX_WAITING, SimulatorLedger::write);
  }

  /** Enters a charge, or another try of one, and says what is on record then. */
  Charged charge(Entry entry) {
    return charges.submit(entry);
  }

  Optional<Charged> find(UUID key) {
    return transactions.snapshot(tx -> Optional.ofNullable(find(List.of(key), tx).get(key)));
  }

  /** Makes sure that no money will be captured, unless it was captured before. */
  Status abandon(UUID key, Money amount) {
    return transactions.call(tx ->
        Statements.of(tx)
            .query(
                ABANDON,
                row -> Status.valueOf(row.getString("status")),
                key,
                amount.amount(),
                amount.currency())
            .getFirst());
  }

  /**
   * Gives back, once per key.
   *
   * @param elsewhere whether the money was taken elsewhere, as a webhook or an operator says
   * @return whether the money is given back, now or before; not if it is more than was charged, if
   *     nothing was taken, or if the key is another refund's
   */
  boolean refund(UUID key, UUID charge, Money amount, boolean elsewhere) {
    return transactions.call(tx -> {
      Statements statements = Statements.of(tx);
      List<BigDecimal> captured =
          statements.query(LOCK_CHARGE, row -> row.getBigDecimal("amount"), charge, elsewhere);
      if (captured.isEmpty()) {
        return false;
      }
      List<Boolean> before =
          statements.query(HAS_REFUND, row -> row.getBoolean("same"), charge, amount.amount(), key);
      return before.isEmpty()
          ? statements.update(REFUND, key, charge, amount.amount(), captured.getFirst()) == 1
          : before.getFirst();
    });
  }

  @Override
  public void close() {
    charges.close();
  }

  private static List<Charged> write(List<Entry> entries, UnitOfWork tx) {
    boolean simple = entries.stream().allMatch(entry -> entry.failures() == 0);
    return insert(entries, tx) == entries.size() && simple
        ? entries.stream().map(Entry::ends).toList()
        : again(entries, tx);
  }

  private static Status first(Entry entry) {
    return entry.failures() > 0 ? Status.FAILING : entry.ends().status();
  }

  private static int insert(List<Entry> entries, UnitOfWork tx) {
    return Statements.of(tx)
        .update(
            CHARGE,
            Columns.uuids(entries, Entry::key),
            Columns.numbers(entries, entry -> entry.amount().amount()),
            Columns.texts(entries, entry -> entry.amount().currency()),
            Columns.texts(entries, entry -> first(entry).name()),
            Columns.texts(entries, entry -> entry.ends().instructions().code()),
            Columns.instants(entries, entry -> entry.ends().instructions().payBy()));
  }

  /** Some of these keys are on record already, and the tries of failing ones are counted. */
  private static List<Charged> again(List<Entry> entries, UnitOfWork tx) {
    List<Entry> failing = entries.stream().filter(entry -> entry.failures() > 0).toList();
    if (!failing.isEmpty()) {
      Statements.of(tx)
          .write(
              CHARGE_AGAIN,
              Columns.uuids(failing, Entry::key),
              Columns.integers(failing, Entry::failures));
    }
    Map<UUID, Charged> onRecord = find(entries.stream().map(Entry::key).toList(), tx);
    return entries.stream().map(entry -> requireNonNull(onRecord.get(entry.key()))).toList();
  }

  private static Map<UUID, Charged> find(Collection<UUID> keys, UnitOfWork tx) {
    Map<UUID, Charged> found = new HashMap<>();
    Statements.of(tx)
        .query(
            FIND,
            row ->
                found.put(
                    Rows.uuid(row, "key"),
                    new Charged(
                        Status.valueOf(row.getString("status")),
                        new Instructions(
                            row.getString("pay_code"), Rows.instantOrNull(row, "pay_by")))),
            (Object) keys.toArray(UUID[]::new));
    return found;
  }
}
