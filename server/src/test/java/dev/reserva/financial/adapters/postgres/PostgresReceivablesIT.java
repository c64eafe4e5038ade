package dev.reserva.financial.adapters.postgres;

import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.FinancialDatabase;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.application.ReceivablesContract;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.financial.domain.ReceivableEntry.Kind;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.integrity.IntegrityCheck;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresReceivablesIT extends ReceivablesContract {

  private final FinancialDatabase database = new FinancialDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update financial.receivable_ledger set amount = 0",
        "delete from financial.receivable_ledger",
        "truncate financial.receivable_ledger"
      })
  void the_database_refuses_to_change_the_ledger(String sql) {
    UUID id = opened();

    assertThatThrownBy(() -> database.sql().sql(sql).update())
        .hasMessageContaining("financial.receivable_ledger is append-only");
    assertThat(ledger(id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update financial.receivables set amount = 99",
        "update financial.receivables set settled = 1",
        "update financial.receivables set status = 'CANCELLED', closed_at = now()",
        "delete from financial.receivables",
        "insert into financial.receivable_ledger (receivable_id, kind, amount, at)"
            + " select id, 'opened', 0, now() from financial.receivables",
        "insert into financial.receivable_ledger (receivable_id, kind, amount, at)"
            + " values (gen_random_uuid(), 'opened', 1, now())"
      })
  void the_check_finds_what_differs_from_the_ledger(String sql) {
    opened();
    assertThat(violations(ReceivableChecks.receivablesEqualLedger())).isZero();

    assertThat(database.sql().sql(sql).update()).isEqualTo(1);

    assertThat(violations(ReceivableChecks.receivablesEqualLedger())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update financial.receivables set settled = 1",
        "update financial.receivables set status = 'SETTLED', settled = amount, closed_at = now()",
        "insert into financial.order_notes (order_id) select id from financial.receivables",
        "insert into financial.order_notes (order_id, customer_id, amount, currency)"
            + " values (gen_random_uuid(), gen_random_uuid(), 1, 'BRL')"
      })
  void the_check_finds_what_differs_from_the_payments(String sql) {
    opened();
    assertThat(violations(ReceivableChecks.receivablesEqualPayments())).isZero();

    assertThat(database.sql().sql(sql).update()).isEqualTo(1);

    assertThat(violations(ReceivableChecks.receivablesEqualPayments())).isEqualTo(1);
  }

  private UUID opened() {
    Receivable opened = Receivable.opened(new ReceivableTerms(IDS.next(), CUSTOMER, PRICE, NOON));
    transactions().run(tx -> receivables().add(List.of(opened), tx));
    return opened.id();
  }

  private long violations(IntegrityCheck check) {
    return transactions().snapshot(tx -> check.run().on(tx).violated());
  }

  @Override
  protected Transactions transactions() {
    return database.transactions();
  }

  @Override
  protected Receivables receivables() {
    return new PostgresReceivables();
  }

  @Override
  protected List<ReceivableEntry> ledger(UUID id) {
    return database
        .sql()
        .sql(
            "select l.kind, l.amount, r.currency, l.source_id, l.at from financial.receivable_ledger l"
                + " join financial.receivables r on r.id = l.receivable_id where r.id = ?")
        .param(id)
        .query((row, _) ->
            new ReceivableEntry(
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getObject("source_id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }
}
