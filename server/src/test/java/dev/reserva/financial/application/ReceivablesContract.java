package dev.reserva.financial.application;

import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Receivables.Filter;
import dev.reserva.financial.domain.Ageing;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.financial.domain.ReceivableEntry.Kind;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.messaging.Transactions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link Receivables}, for every adapter. */
public abstract class ReceivablesContract {

  protected abstract Transactions transactions();

  protected abstract Receivables receivables();

  /** The entries of a receivable, in order. */
  protected abstract List<ReceivableEntry> ledger(UUID id);

  @Test
  void a_receivable_comes_back_as_it_was_opened_with_its_entry() {
    Receivable opened = opened("1234567.89", "BRL", NOON.plusSeconds(900));

    Receivable found = found(opened.id());
    assertThat(found.terms()).isEqualTo(opened.terms());
    assertThat(found.state()).isEqualTo(opened.state());
    assertThat(ledger(opened.id()))
        .containsExactly(new ReceivableEntry(Kind.OPENED, opened.terms().amount(), null, NOON));
    Optional<Receivable> none = transactions().snapshot(tx -> receivables().find(IDS.next(), tx));
    assertThat(none).isEmpty();
  }

  @Test
  void changes_are_kept_with_their_entries() {
    Receivable opened = opened("100.00", "BRL", null);
    UUID payment = IDS.next();
    UUID refund = IDS.next();
    Instant later = NOON.plusSeconds(1);

    Receivable settled = change(opened.id(), row -> row.capture(payment, PRICE, true, later));
    assertThat(found(opened.id()).state()).isEqualTo(settled.state());
    Receivable refunded =
        change(opened.id(), row -> row.refund(refund, Money.of("30.00", "BRL"), later));

    assertThat(found(opened.id()).state()).isEqualTo(refunded.state());
    assertThat(ledger(opened.id()))
        .containsExactlyInAnyOrder(
            new ReceivableEntry(Kind.OPENED, PRICE, null, NOON),
            new ReceivableEntry(Kind.SETTLED, PRICE, payment, later),
            new ReceivableEntry(Kind.REFUNDED, Money.of("30.00", "BRL"), refund, later));
  }

  @Test
  void a_change_without_an_entry_is_kept() {
    Receivable opened = opened("100.00", "BRL", null);
    change(opened.id(), row -> row.due(NOON.plusSeconds(900)));

    assertThat(found(opened.id()).state().dueAt()).isEqualTo(NOON.plusSeconds(900));
    assertThat(ledger(opened.id())).hasSize(1);
  }

  @Test
  void what_one_transaction_opens_and_changes_is_one_receivable() {
    UUID order = IDS.next();
    transactions()
        .run(tx -> {
          Receivable opened = Receivable.opened(new ReceivableTerms(order, CUSTOMER, PRICE, NOON));
          receivables().add(List.of(opened), tx);
          Receivable again =
              Objects.requireNonNull(receivables().lock(List.of(order), tx).get().get(order));
          again.due(NOON);
          again.cancel(NOON);
          receivables().save(List.of(again), tx);
        });

    assertThat(found(order).state().status()).isEqualTo(ReceivableStatus.CANCELLED);
    assertThat(found(order).state().dueAt()).isEqualTo(NOON);
    assertThat(ledger(order))
        .extracting(ReceivableEntry::kind)
        .containsExactlyInAnyOrder(Kind.OPENED, Kind.CANCELLED);
  }

  @Test
  void those_that_are_there_are_locked() {
    Receivable one = opened("100.00", "BRL", null);
    Receivable two = opened("100.00", "BRL", null);
    var locked =
        transactions()
            .call(tx -> receivables().lock(List.of(two.id(), IDS.next(), one.id()), tx).get());

    assertThat(locked).containsOnlyKeys(one.id(), two.id());
  }

  @Test
  void an_order_has_one_receivable() {
    Receivable opened = opened("100.00", "BRL", null);

    assertThatThrownBy(() ->
            transactions()
                .run(tx -> receivables().add(List.of(Receivable.opened(opened.terms())), tx)))
        .isInstanceOf(RuntimeException.class);
    assertThat(ledger(opened.id())).hasSize(1);
  }

  @Test
  void lists_are_newest_first_and_continue_below_an_id() {
    UUID customer = IDS.next();
    List<UUID> ids = Stream.generate(() -> openedFor(customer)).limit(3).toList();

    Filter filter = Filter.of(customer);
    assertThat(list(filter, null, 2)).containsExactly(ids.get(2), ids.get(1));
    assertThat(list(filter, ids.get(1), 2)).containsExactly(ids.get(0));
    assertThat(list(Filter.of(IDS.next()), null, 2)).isEmpty();
    assertThat(list(new Filter(ids.get(1), null, null, null, null), null, 9))
        .containsExactly(ids.get(1));
  }

  @Test
  void lists_are_filtered_by_status_and_by_what_is_due() {
    UUID customer = IDS.next();
    UUID undated = openedFor(customer);
    UUID overdue = openedFor(customer);
    UUID dueLater = openedFor(customer);
    UUID settled = openedFor(customer);
    UUID cancelled = openedFor(customer);
    change(overdue, row -> row.due(NOON.minusSeconds(1)));
    change(dueLater, row -> row.due(NOON));
    change(
        settled,
        row -> {
          row.due(NOON.minusSeconds(1));
          row.capture(IDS.next(), PRICE, true, NOON);
        });
    change(
        cancelled,
        row -> {
          row.due(NOON.minusSeconds(1));
          row.cancel(NOON);
        });

    assertThat(list(customer, ReceivableStatus.OPEN, null, null))
        .containsExactly(dueLater, overdue, undated);
    assertThat(list(customer, ReceivableStatus.SETTLED, null, null)).containsExactly(settled);
    assertThat(list(customer, ReceivableStatus.CANCELLED, null, null)).containsExactly(cancelled);
    assertThat(list(customer, null, true, null)).containsExactly(overdue);
    assertThat(list(customer, null, false, null))
        .containsExactly(cancelled, settled, dueLater, undated);
    assertThat(list(customer, null, null, NOON)).containsExactly(overdue);
    assertThat(list(customer, null, null, NOON.plusSeconds(1))).containsExactly(dueLater, overdue);
    assertThat(list(customer, ReceivableStatus.SETTLED, true, null)).isEmpty();
    assertThat(list(customer, ReceivableStatus.CANCELLED, false, NOON)).isEmpty();
  }

  @Test
  void what_is_open_is_summed_up_by_currency_and_age() {
    opened("1.00", "BRL", null);
    opened("2.00", "BRL", NOON);
    opened("4.00", "BRL", NOON.minusNanos(1_000));
    opened("8.00", "BRL", NOON.minus(Duration.ofDays(30)));
    opened("16.00", "BRL", NOON.minus(Duration.ofDays(30)).minusNanos(1_000));
    opened("32.00", "BRL", NOON.minus(Duration.ofDays(60)));
    opened("64.00", "BRL", NOON.minus(Duration.ofDays(60)).minusNanos(1_000));
    opened("128.00", "BRL", NOON.minus(Duration.ofDays(90)));
    opened("256.00", "BRL", NOON.minus(Duration.ofDays(90)).minusNanos(1_000));
    opened("1.234", "KWD", NOON.minus(Duration.ofDays(1)));
    opened("500", "JPY", null);
    opened("700", "JPY", NOON.minus(Duration.ofDays(365)));
    change(opened("9.99", "EUR", null).id(), row -> row.cancel(NOON));
    change(
        opened("512.00", "BRL", null).id(),
        row -> row.capture(IDS.next(), Money.of("512.00", "BRL"), true, NOON));

    List<Ageing> ageing = transactions().snapshot(tx -> receivables().ageing(NOON, tx));

    assertThat(ageing)
        .usingRecursiveFieldByFieldElementComparator(byValue())
        .containsExactly(
            ageing("BRL", 9, "3", "12", "48", "192", "256"),
            ageing("JPY", 2, "500", "0", "0", "0", "700"),
            ageing("KWD", 1, "0", "1.234", "0", "0", "0"));
    assertThat(ageing.getFirst().total()).isEqualByComparingTo("511");
  }

  private static RecursiveComparisonConfiguration byValue() {
    return RecursiveComparisonConfiguration.builder()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .build();
  }

  private static Ageing ageing(
      String currency,
      long count,
      String notDue,
      String to30,
      String to60,
      String to90,
      String over90) {
    return new Ageing(
        currency,
        count,
        new BigDecimal(notDue),
        new BigDecimal(to30),
        new BigDecimal(to60),
        new BigDecimal(to90),
        new BigDecimal(over90));
  }

  private UUID openedFor(UUID customer) {
    return file(Receivable.opened(new ReceivableTerms(IDS.next(), customer, PRICE, NOON)), null)
        .id();
  }

  private Receivable opened(String amount, String currency, @Nullable Instant due) {
    return file(
        Receivable.opened(
            new ReceivableTerms(IDS.next(), CUSTOMER, Money.of(amount, currency), NOON)),
        due);
  }

  private Receivable file(Receivable receivable, @Nullable Instant due) {
    if (due != null) {
      receivable.due(due);
    }
    transactions().run(tx -> receivables().add(List.of(receivable), tx));
    return receivable;
  }

  private Receivable change(UUID id, Consumer<Receivable> change) {
    return transactions()
        .call(tx -> {
          Receivable locked =
              Objects.requireNonNull(receivables().lock(List.of(id), tx).get().get(id));
          change.accept(locked);
          receivables().save(List.of(locked), tx);
          return locked;
        });
  }

  private Receivable found(UUID id) {
    return transactions().snapshot(tx -> receivables().find(id, tx)).orElseThrow();
  }

  private List<UUID> list(
      UUID customer,
      @Nullable ReceivableStatus status,
      @Nullable Boolean overdue,
      @Nullable Instant dueBefore) {
    return list(new Filter(null, customer, status, overdue, dueBefore), null, 9);
  }

  private List<UUID> list(Filter filter, @Nullable UUID before, int limit) {
    return transactions()
        .snapshot(tx ->
            receivables().list(filter, before, limit, NOON, tx).stream()
                .map(Receivable::id)
                .toList());
  }
}
