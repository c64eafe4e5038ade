package dev.reserva.notifications.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Ids;
import dev.reserva.notifications.application.History.End;
import dev.reserva.notifications.application.History.Entry;
import dev.reserva.notifications.application.History.Filter;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every history does. */
public abstract class HistoryContract {

  private static final Ids IDS = Ids.timeOrdered();
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final Filter ALL = new Filter(null, null, null, null);

  /** An empty history. */
  protected abstract History history();

  private static Entry entry(
      UUID id, Channel channel, @Nullable UUID order, @Nullable UUID customer, Instant createdAt) {
    return new Entry(
        id,
        channel,
        "order-paid",
        order,
        customer,
        "sales.order.paid",
        "maria@example.org",
        "Olá, Maria",
        "Pago.\nObrigado.",
        Status.PENDING,
        null,
        createdAt,
        null);
  }

  private static Entry entry() {
    return entry(IDS.next(), Channel.EMAIL, IDS.next(), IDS.next(), AT);
  }

  private static Entry ended(
      Entry it, Status status, @Nullable Failure failure, @Nullable Instant sentAt) {
    return new Entry(
        it.id(),
        it.channel(),
        it.template(),
        it.orderId(),
        it.customerId(),
        it.trigger(),
        it.recipient(),
        it.subject(),
        it.content(),
        status,
        failure,
        it.createdAt(),
        sentAt);
  }

  @Test
  void an_entry_is_found_as_it_was_stored() {
    Entry entry = entry();
    Entry aboutNobody = entry(IDS.next(), Channel.SMS, null, null, AT);
    history().save(List.of(entry, aboutNobody));

    assertThat(history().find(List.of(entry.id(), aboutNobody.id(), IDS.next())))
        .containsExactlyInAnyOrder(entry, aboutNobody);
    assertThat(history().find(List.of())).isEmpty();
  }

  @Test
  void an_entry_that_is_stored_again_takes_the_place_of_the_first() {
    Entry entry = entry();
    history().save(List.of(entry));
    history().save(List.of(entry));

    assertThat(history().list(ALL, null, 10)).containsExactly(entry);
    history().save(List.of());
  }

  @Test
  void an_end_may_be_told_twice_and_of_an_unknown_message() {
    Entry sent = entry();
    Entry failed = entry();
    Entry skipped = entry();
    history().save(List.of(sent, failed, skipped));
    List<End> ends =
        List.of(
            new End(sent.id(), Status.SENT, null, AT),
            new End(failed.id(), Status.FAILED, Failure.BOUNCED, null),
            new End(skipped.id(), Status.SKIPPED, Failure.DAILY_CAP, null),
            new End(IDS.next(), Status.SENT, null, AT));

    history().settle(ends);
    history().settle(ends);
    history().settle(List.of());

    assertThat(history().list(ALL, null, 10))
        .containsExactly(
            ended(skipped, Status.SKIPPED, Failure.DAILY_CAP, null),
            ended(failed, Status.FAILED, Failure.BOUNCED, null),
            ended(sent, Status.SENT, null, AT));
  }

  @Test
  void a_list_has_the_newest_first_and_goes_on_before_an_id() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      entries.addFirst(entry());
    }
    history().save(entries);

    List<Entry> first = history().list(ALL, null, 2);
    List<Entry> second = history().list(ALL, first.getLast().id(), 2);
    List<Entry> third = history().list(ALL, second.getLast().id(), 2);

    List<Entry> listed = new ArrayList<>(first);
    listed.addAll(second);
    listed.addAll(third);
    assertThat(listed).isEqualTo(entries);
  }

  @Test
  void a_list_has_what_meets_all_conditions() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    Entry wanted = entry(IDS.next(), Channel.SMS, order, customer, AT);
    history()
        .save(
            List.of(
                wanted,
                entry(IDS.next(), Channel.EMAIL, order, customer, AT),
                entry(IDS.next(), Channel.SMS, IDS.next(), customer, AT),
                entry(IDS.next(), Channel.SMS, order, IDS.next(), AT)));
    history().settle(List.of(new End(wanted.id(), Status.SENT, null, AT)));
    Entry sent = ended(wanted, Status.SENT, null, AT);

    assertThat(history().list(new Filter(order, customer, Channel.SMS, null), null, 10))
        .containsExactly(sent);
    assertThat(history().list(new Filter(null, null, null, Status.SENT), null, 10))
        .containsExactly(sent);
    assertThat(history().list(new Filter(order, null, null, null), null, 10)).hasSize(3);
    assertThat(history().list(new Filter(null, null, null, Status.FAILED), null, 10)).isEmpty();
  }

  @Test
  void what_is_old_is_removed_the_oldest_first_and_no_more_than_asked() {
    Entry newer = entry(IDS.next(), Channel.EMAIL, null, null, AT.plusSeconds(10));
    Entry old = entry(IDS.next(), Channel.EMAIL, null, null, AT.minusSeconds(2));
    Entry older = entry(IDS.next(), Channel.EMAIL, null, null, AT.minusSeconds(1));
    history().save(List.of(newer, old, older));

    assertThat(history().removeCreatedBefore(AT, 1)).isEqualTo(1);
    assertThat(history().list(ALL, null, 10)).containsExactly(older, newer);
    assertThat(history().removeCreatedBefore(AT, 10)).isEqualTo(1);
    assertThat(history().removeCreatedBefore(AT, 10)).isZero();
    assertThat(history().list(ALL, null, 10)).containsExactly(newer);
  }
}
