package dev.reserva.financial.adapters.postgres;

import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.financial.domain.ReceivableState;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnitOfWork.Session;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Statements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The receivables that a transaction has locked or added. Each is one object and is written once,
 * together with its entries in the ledger.
 */
final class ReceivableSession implements Session {

  private static final String ENTRIES =
      """
      insert into financial.receivable_ledger (receivable_id, kind, amount, source_id, at)
      select * from unnest(?::uuid[], ?::text[], ?::numeric[], ?::uuid[], ?::timestamptz[])
      """;

  private static final String INSERT =
      """
      with opened as (
        insert into financial.receivables (
          id, customer_id, amount, currency, opened_at, status, settled, refunded, due_at, closed_at)
        select * from unnest(
          ?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::timestamptz[], ?::text[], ?::numeric[],
          ?::numeric[], ?::timestamptz[], ?::timestamptz[]))
      """
          + ENTRIES;

  private static final String SAVE =
      """
      with saved as (
        update financial.receivables as receivable
        set status = new.status, settled = new.settled, refunded = new.refunded,
            due_at = new.due_at, closed_at = new.closed_at
        from unnest(
          ?::uuid[], ?::text[], ?::numeric[], ?::numeric[], ?::timestamptz[], ?::timestamptz[])
          as new (id, status, settled, refunded, due_at, closed_at)
        where receivable.id = new.id)
      """
          + ENTRIES;

  private final UnitOfWork tx;
  private final Map<UUID, Receivable> known = new HashMap<>();
  private final Map<UUID, Receivable> fresh = new LinkedHashMap<>();
  private final Map<UUID, Receivable> changed = new LinkedHashMap<>();

  private ReceivableSession(UnitOfWork tx) {
    this.tx = tx;
  }

  static ReceivableSession of(UnitOfWork tx) {
    return tx.session(ReceivableSession.class, () -> new ReceivableSession(tx));
  }

  /** A receivable that the transaction has locked or added; null for any other. */
  @Nullable Receivable get(UUID id) {
    return known.get(id);
  }

  /** Takes a row that the transaction has locked. */
  Receivable keep(Receivable row) {
    return known.computeIfAbsent(row.id(), _ -> row);
  }

  void add(Receivable receivable) {
    known.put(receivable.id(), receivable);
    fresh.put(receivable.id(), receivable);
  }

  void change(Receivable receivable) {
    if (known.get(receivable.id()) != receivable) {
      throw new IllegalArgumentException(
          "receivable %s was neither locked nor added here".formatted(receivable.id()));
    }
    if (!fresh.containsKey(receivable.id())) {
      changed.put(receivable.id(), receivable);
    }
  }

  @Override
  public void flush() {
    if (!fresh.isEmpty()) {
      Collection<Receivable> rows = fresh.values();
      List<ReceivableTerms> terms = rows.stream().map(Receivable::terms).toList();
      List<Object> parameters = new ArrayList<>();
      parameters.add(Columns.uuids(terms, ReceivableTerms::orderId));
      parameters.add(Columns.uuids(terms, ReceivableTerms::customerId));
      parameters.add(Columns.numbers(terms, row -> row.amount().amount()));
      parameters.add(Columns.texts(terms, row -> row.amount().currency()));
      parameters.add(Columns.instants(terms, ReceivableTerms::openedAt));
      write(INSERT, parameters, rows);
      fresh.clear();
    }
    if (!changed.isEmpty()) {
      Collection<Receivable> rows = changed.values();
      List<Object> parameters = new ArrayList<>();
      parameters.add(Columns.uuids(rows, Receivable::id));
      write(SAVE, parameters, rows);
      changed.clear();
    }
  }

  /**
   * @param parameters those before the state
   */
  private void write(String sql, List<Object> parameters, Collection<Receivable> rows) {
    List<ReceivableState> states = rows.stream().map(Receivable::state).toList();
    parameters.add(Columns.texts(states, state -> state.status().name()));
    parameters.add(Columns.numbers(states, state -> state.settled().amount()));
    parameters.add(Columns.numbers(states, state -> state.refunded().amount()));
    parameters.add(Columns.instants(states, ReceivableState::dueAt));
    parameters.add(Columns.instants(states, ReceivableState::closedAt));
    List<Entry> entries = entries(rows);
    parameters.add(Columns.uuids(entries, Entry::receivable));
    parameters.add(Columns.texts(entries, entry -> entry.entry().kind().wire()));
    parameters.add(Columns.numbers(entries, entry -> entry.entry().amount().amount()));
    parameters.add(Columns.uuids(entries, entry -> entry.entry().source()));
    parameters.add(Columns.instants(entries, entry -> entry.entry().at()));
    Statements.of(tx).write(sql, parameters.toArray());
  }

  private record Entry(UUID receivable, ReceivableEntry entry) {}

  private static List<Entry> entries(Collection<Receivable> rows) {
    List<Entry> entries = new ArrayList<>();
    rows.forEach(
        row -> row.takeEntries().forEach(entry -> entries.add(new Entry(row.id(), entry))));
    return entries;
  }
}
