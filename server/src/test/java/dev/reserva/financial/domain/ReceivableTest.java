package dev.reserva.financial.domain;

import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.ReceivableEntry.Kind;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceivableTest {

  private static final Money NOTHING = Money.zero("BRL");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final UUID PAYMENT = IDS.next();
  private static final UUID REFUND = IDS.next();

  private final Receivable receivable =
      Receivable.opened(new ReceivableTerms(IDS.next(), CUSTOMER, PRICE, NOON));

  @Test
  void it_is_opened_with_an_entry_and_without_a_due_date() {
    assertThat(receivable.state())
        .isEqualTo(new ReceivableState(ReceivableStatus.OPEN, NOTHING, NOTHING, null, null));
    assertThat(receivable.open()).isEqualTo(PRICE);
    assertThat(receivable.takeEntries())
        .containsExactly(new ReceivableEntry(Kind.OPENED, PRICE, null, NOON));
    assertThat(receivable.takeEntries()).as("taken").isEmpty();
  }

  @Test
  void the_payment_that_pays_the_order_settles_it_once() {
    receivable.takeEntries();

    assertThat(receivable.capture(PAYMENT, PRICE, true, LATER)).isTrue();

    assertThat(receivable.state())
        .isEqualTo(new ReceivableState(ReceivableStatus.SETTLED, PRICE, NOTHING, null, LATER));
    assertThat(receivable.open()).isEqualTo(NOTHING);
    assertThat(receivable.takeEntries())
        .containsExactly(new ReceivableEntry(Kind.SETTLED, PRICE, PAYMENT, LATER));
    assertThat(receivable.cancel(LATER)).as("the end of a paid order").isFalse();
    assertThat(receivable.takeEntries()).isEmpty();
  }

  @Test
  void money_that_comes_too_late_is_recorded_and_settles_nothing() {
    assertThat(receivable.capture(PAYMENT, PRICE, false, LATER)).isFalse();
    assertThat(receivable.isOpen()).isTrue();
    assertThat(receivable.open()).isEqualTo(PRICE);
    assertThat(receivable.cancel(LATER)).isTrue();
    receivable.refund(REFUND, PRICE, LATER);

    assertThat(receivable.state())
        .isEqualTo(new ReceivableState(ReceivableStatus.CANCELLED, PRICE, PRICE, null, LATER));
    assertThat(receivable.takeEntries())
        .extracting(ReceivableEntry::kind)
        .containsExactly(Kind.OPENED, Kind.SETTLED, Kind.CANCELLED, Kind.REFUNDED);
  }

  @Test
  void a_cancelled_one_stays_cancelled() {
    assertThat(receivable.cancel(NOON)).isTrue();

    assertThat(receivable.cancel(LATER)).isFalse();
    assertThat(receivable.capture(PAYMENT, PRICE, true, LATER)).isFalse();
    assertThat(receivable.due(LATER)).isFalse();
    assertThat(receivable.state())
        .isEqualTo(new ReceivableState(ReceivableStatus.CANCELLED, PRICE, NOTHING, null, NOON));
    assertThat(receivable.open()).isEqualTo(NOTHING);
  }

  @Test
  void a_refund_changes_no_status_and_never_exceeds_what_was_taken() {
    receivable.capture(PAYMENT, PRICE, true, NOON);
    receivable.takeEntries();
    Money part = Money.of("30.00", "BRL");
    receivable.refund(REFUND, part, LATER);

    assertThat(receivable.state())
        .isEqualTo(new ReceivableState(ReceivableStatus.SETTLED, PRICE, part, null, NOON));
    assertThat(receivable.takeEntries())
        .containsExactly(new ReceivableEntry(Kind.REFUNDED, part, REFUND, LATER));
    assertThatThrownBy(() -> receivable.refund(IDS.next(), PRICE, LATER))
        .hasMessage("refunded must be at most 100.00 BRL, was 130.00 BRL");
    assertThat(receivable.state().refunded()).isEqualTo(part);
    assertThat(receivable.takeEntries()).isEmpty();
  }

  @Test
  void it_is_overdue_while_it_is_open_past_its_due_date() {
    assertThat(receivable.isOverdue(LATER)).as("without a due date").isFalse();
    assertThat(receivable.due(NOON)).isTrue();
    assertThat(receivable.due(NOON)).as("no news").isFalse();
    assertThat(receivable.isOverdue(NOON)).isFalse();
    assertThat(receivable.isOverdue(NOON.plusNanos(1_000))).isTrue();
    receivable.capture(PAYMENT, PRICE, true, LATER);
    assertThat(receivable.isOverdue(LATER)).isFalse();
    assertThat(receivable.due(LATER)).as("of what is settled").isFalse();
    assertThat(receivable.state().dueAt()).isEqualTo(NOON);
  }

  @Test
  void an_unknown_status_is_refused_with_those_that_there_are() {
    assertThat(ReceivableStatus.parse("SETTLED")).isEqualTo(ReceivableStatus.SETTLED);
    assertThatThrownBy(() -> ReceivableStatus.parse("open"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be one of OPEN, SETTLED, CANCELLED, was \"open\"");
  }
}
