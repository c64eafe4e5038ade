package dev.reserva.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Ids;
import dev.reserva.notifications.adapters.postgres.PostgresAllowances;
import dev.reserva.notifications.adapters.postgres.PostgresBounces;
import dev.reserva.notifications.adapters.postgres.PostgresDevices;
import dev.reserva.notifications.adapters.postgres.PostgresHistory;
import dev.reserva.notifications.adapters.postgres.PostgresMessages;
import dev.reserva.notifications.adapters.postgres.PostgresPreferences;
import dev.reserva.notifications.adapters.postgres.PostgresRecipients;
import dev.reserva.notifications.adapters.sealing.SignedLinks;
import dev.reserva.notifications.application.AdmitMessages;
import dev.reserva.notifications.application.Allowances;
import dev.reserva.notifications.application.Bounces;
import dev.reserva.notifications.application.ClaimMessages;
import dev.reserva.notifications.application.ComposeMessage;
import dev.reserva.notifications.application.Devices;
import dev.reserva.notifications.application.Fingerprints;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.application.RecordEnds;
import dev.reserva.notifications.application.SendMessages;
import dev.reserva.notifications.application.SendingCounts;
import dev.reserva.notifications.application.SendingCounts.Outcome;
import dev.reserva.notifications.application.Throttle;
import dev.reserva.notifications.domain.Bounce;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Formats;
import dev.reserva.notifications.domain.Kind;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Numbering;
import dev.reserva.notifications.domain.QuietHours;
import dev.reserva.notifications.domain.Rendered;
import dev.reserva.notifications.domain.Retries;
import dev.reserva.platform.privacy.TestKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is sent, what waits and what is not sent, with a clock of the test. */
class SendMessagesIT {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("platform", "notifications");
  private static final Ids IDS = Ids.timeOrdered();
  private static final Fingerprints FINGERPRINTS = (channel, it) -> channel.wire() + " " + it;
  private static final String URL = "https://shop.example/u/";

  private final JdbcClient sql = JdbcClient.create(DATABASE.dataSource());
  private final Messages messages = new PostgresMessages(Duration.ZERO);
  private final PostgresHistory stored = new PostgresHistory(DATABASE.transactions());
  private final Recipients recipients = new PostgresRecipients(TestKeys.subjectKeys());
  private final Devices devices = new PostgresDevices(TestKeys.subjectKeys(), FINGERPRINTS);
  private final Preferences preferences = new PostgresPreferences();
  private final Bounces bounces = new PostgresBounces();
  private final Allowances allowances = new PostgresAllowances();
  private final SendingCounts counts = new SendingCounts();
  private final List<Outgoing> sent = new ArrayList<>();
  private final UUID customer = IDS.next();
  private Instant now = Instant.now();
  private Result answer = new Result.Accepted();
  private boolean historyAnswers = true;

  @BeforeEach
  void empty() {
    sql.sql(
            """
            truncate notifications.message, notifications.order, notifications.history,
              notifications.customer, notifications.device, notifications.bounce,
              notifications.allowance, notifications.preference
            """)
        .update();
    DATABASE
        .transactions()
        .run(tx ->
            recipients.save(
                List.of(
                    new Recipients.Sealed(
                        customer, "Maria", "maria@example.org", "+5511987654321", null)),
                tx));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private final class Sender implements MessageSender {
    private final Channel channel;

    Sender(Channel channel) {
      this.channel = channel;
    }

    @Override
    public Channel channel() {
      return channel;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public List<Result> send(List<Outgoing> outgoing) {
      sent.addAll(outgoing);
      return outgoing.stream().map(_ -> answer).toList();
    }
  }

  /** A history that can be away. */
  private final class AwayHistory implements History {
    private History reached() {
      if (!historyAnswers) {
        throw new DependencyUnavailable(
            "the history is away", new java.io.IOException("the test says so"));
      }
      return stored;
    }

    @Override
    public void save(List<Entry> entries) {
      reached().save(entries);
    }

    @Override
    public void settle(List<End> ends) {
      reached().settle(ends);
    }

    @Override
    public List<Entry> find(Collection<UUID> ids) {
      return reached().find(ids);
    }

    @Override
    public List<Entry> list(Filter filter, @Nullable UUID before, int limit) {
      return reached().list(filter, before, limit);
    }

    @Override
    public int removeCreatedBefore(Instant before, int limit) {
      return reached().removeCreatedBefore(before, limit);
    }
  }

  private SendMessages sending(Channel channel, Map<Channel, QuietHours> quiet, int cap) {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    return new SendMessages(
        new ClaimMessages(
            messages,
            recipients,
            _ -> Map.of(),
            devices,
            preferences,
            DATABASE.transactions(),
            clock),
        messages,
        devices,
        new AwayHistory(),
        new ComposeMessage(
            (template, _, _, _) -> new Rendered("about " + template, "text", null),
            new Formats(ZoneOffset.UTC),
            Language.EN,
            "Shop",
            new Numbering(null),
            new SignedLinks("a secret of 32 bytes, or even more", URL)),
        new AdmitMessages(
            bounces,
            allowances,
            FINGERPRINTS,
            DATABASE.transactions(),
            new AdmitMessages.Rules(quiet, ZoneOffset.UTC, cap)),
        bounces,
        new Sender(channel),
        new Retries(3),
        new Throttle() {
          @Override
          public int take(int wanted) {
            return wanted;
          }

          @Override
          public void giveBack(int unused) {}
        },
        DATABASE.transactions(),
        clock,
        counts,
        () -> {});
  }

  private void send(Channel channel) {
    send(channel, Map.of(), 1_000);
  }

  private void send(Channel channel, Map<Channel, QuietHours> quiet, int cap) {
    sending(channel, quiet, cap).step();
    new RecordEnds(messages, stored, DATABASE.transactions()).record();
  }

  private UUID add(String template, Channel channel) {
    UUID id = IDS.next();
    DATABASE
        .transactions()
        .run(tx ->
            messages.add(
                List.of(
                    new NewMessage(
                        id,
                        id,
                        template,
                        channel,
                        NewMessage.CUSTOMER,
                        null,
                        customer,
                        "test",
                        Map.of("subject", new Detail.Text("s"), "content", new Detail.Text("c")),
                        now)),
                tx));
    return id;
  }

  private String state(UUID message) {
    return sql.sql("select concat_ws(' ', status, failure) from notifications.history where id = ?")
        .param(message)
        .query(String.class)
        .optional()
        .orElse("no entry");
  }

  private void choose(Kind kind, Channel channel, boolean wanted) {
    DATABASE.transactions().run(tx -> preferences.choose(customer, kind, channel, wanted, tx));
  }

  @Test
  void what_a_customer_does_not_want_is_not_sent_and_the_history_says_why() {
    choose(Kind.PROGRESS, Channel.SMS, false);
    UUID unwanted = add("order-shipped", Channel.SMS);
    UUID needed = add("order-cancelled", Channel.SMS);

    send(Channel.SMS);

    assertThat(sent).extracting(Outgoing::id).containsExactly(needed);
    assertThat(state(unwanted)).isEqualTo("SKIPPED unsubscribed");
    assertThat(state(needed)).isEqualTo("SENT");
  }

  @Test
  void news_go_to_customers_who_want_them_alone() {
    UUID before = add(NewMessage.NEWS, Channel.EMAIL);
    send(Channel.EMAIL);
    choose(Kind.NEWS, Channel.EMAIL, true);
    UUID after = add(NewMessage.NEWS, Channel.EMAIL);
    send(Channel.EMAIL);

    assertThat(state(before)).isEqualTo("SKIPPED unsubscribed");
    assertThat(sent).extracting(Outgoing::id).containsExactly(after);
  }

  @Test
  void mails_that_can_be_unsubscribed_carry_a_link_and_no_others_do() {
    add("order-shipped", Channel.EMAIL);
    add("order-cancelled", Channel.EMAIL);
    add("order-shipped", Channel.SMS);
    send(Channel.EMAIL);
    send(Channel.SMS);

    assertThat(sent)
        .filteredOn(it -> it.unsubscribe() != null)
        .extracting(it -> it.words().subject())
        .containsExactly("about order-shipped");
    assertThat(sent).hasSize(3);
  }

  @Test
  @EffectOf({
    "reserva.notifications.quiet-hours.email",
    "reserva.notifications.quiet-hours.sms",
    "reserva.notifications.quiet-hours.push"
  })
  void in_quiet_hours_messages_wait_but_mails_that_a_customer_needs() {
    QuietHours always = QuietHours.parse("00:00-23:59");
    now = now.truncatedTo(java.time.temporal.ChronoUnit.DAYS).plus(Duration.ofHours(12));
    Map<Channel, QuietHours> quiet = Map.of(Channel.EMAIL, always, Channel.SMS, always);
    UUID sms = add("order-cancelled", Channel.SMS);
    UUID progress = add("order-shipped", Channel.EMAIL);
    UUID needed = add("order-cancelled", Channel.EMAIL);

    send(Channel.SMS, quiet, 1_000);
    send(Channel.EMAIL, quiet, 1_000);

    assertThat(sent).extracting(Outgoing::id).containsExactly(needed);
    assertThat(state(sms)).isEqualTo("no entry");
    assertThat(
            sql.sql("select due_at, attempts from notifications.message where id in (?, ?)")
                .params(sms, progress)
                .query((row, _) -> row.getTimestamp(1).toInstant() + " " + row.getInt(2))
                .list())
        .containsOnly(
            now.truncatedTo(java.time.temporal.ChronoUnit.DAYS)
                    .plus(Duration.ofMinutes(23 * 60 + 59))
                + " 0");
  }

  @Test
  @EffectOf("reserva.notifications.daily-cap")
  void beyond_the_daily_cap_only_what_a_customer_needs_is_sent() {
    UUID first = add("order-shipped", Channel.EMAIL);
    UUID second = add("order-delivered", Channel.EMAIL);
    UUID third = add("order-paid", Channel.EMAIL);
    UUID needed = add("order-cancelled", Channel.EMAIL);
    UUID bySms = add("order-shipped", Channel.SMS);

    send(Channel.EMAIL, Map.of(), 2);
    send(Channel.SMS, Map.of(), 2);

    assertThat(sent)
        .extracting(Outgoing::id)
        .containsExactlyInAnyOrder(first, second, needed, bySms);
    assertThat(state(third)).isEqualTo("SKIPPED daily_cap");
    assertThat(counts.of(Channel.EMAIL, Outcome.SENT)).isEqualTo(3);
    assertThat(counts.of(Channel.EMAIL, Outcome.SKIPPED)).isEqualTo(1);
    assertThat(counts.of(Channel.SMS, Outcome.SENT)).isEqualTo(1);

    now = now.plus(Duration.ofDays(1));
    UUID tomorrow = add("order-paid", Channel.EMAIL);
    send(Channel.EMAIL, Map.of(), 2);
    assertThat(state(tomorrow)).isEqualTo("SENT");
  }

  @Test
  void a_message_that_is_tried_again_is_counted_once() {
    UUID message = add("order-shipped", Channel.EMAIL);
    answer = new Result.Unavailable("away");
    send(Channel.EMAIL, Map.of(), 1);
    sql.sql("update notifications.message set due_at = now()").update();
    answer = new Result.Accepted();

    send(Channel.EMAIL, Map.of(), 1);

    assertThat(state(message)).isEqualTo("SENT");
    assertThat(sql.sql("select used from notifications.allowance").query(Integer.class).single())
        .isEqualTo(1);
  }

  @Test
  void nothing_goes_to_an_address_that_was_refused_for_good_until_it_is_forgiven() {
    answer = new Result.Bounced("reply 550");
    UUID refused = add("order-cancelled", Channel.EMAIL);
    send(Channel.EMAIL);
    answer = new Result.Accepted();
    UUID later = add("order-received", Channel.EMAIL);
    UUID bySms = add("order-cancelled", Channel.SMS);
    send(Channel.EMAIL);
    send(Channel.SMS);

    assertThat(state(refused)).isEqualTo("FAILED bounced");
    assertThat(state(later)).isEqualTo("FAILED bounced");
    assertThat(sent).extracting(Outgoing::id).containsExactly(refused, bySms);
    List<Bounce> listed = DATABASE.transactions().snapshot(tx -> bounces.list(null, 10, tx));
    assertThat(listed)
        .extracting(it -> it.messageId() + " " + it.reason() + " " + it.customerId())
        .containsExactly(refused + " reply 550 " + customer);

    boolean removed = DATABASE.transactions().call(tx -> bounces.remove(refused, tx));
    assertThat(removed).isTrue();
    UUID again = add("order-received", Channel.EMAIL);
    send(Channel.EMAIL);
    assertThat(state(again)).isEqualTo("SENT");
  }

  @Test
  void an_erasure_forgets_choices_and_bounces() {
    choose(Kind.PROGRESS, Channel.SMS, false);
    answer = new Result.Bounced("reply 550");
    add("order-cancelled", Channel.EMAIL);
    send(Channel.EMAIL);

    DATABASE.transactions().run(tx -> recipients.erase(List.of(customer), tx));

    for (String table : List.of("preference", "bounce")) {
      assertThat(sql.sql("select count(*) from notifications." + table).query(Long.class).single())
          .as(table)
          .isZero();
    }
  }

  @Test
  void while_the_history_is_away_messages_wait_and_no_attempt_counts() {
    UUID message = add("order-cancelled", Channel.EMAIL);
    historyAnswers = false;

    assertThatThrownBy(() -> send(Channel.EMAIL)).isInstanceOf(DependencyUnavailable.class);

    assertThat(sent).isEmpty();
    assertThat(sql.sql("select attempts from notifications.message").query(Integer.class).single())
        .isZero();
    historyAnswers = true;
    sql.sql("update notifications.message set due_at = now()").update();
    send(Channel.EMAIL);
    assertThat(state(message)).isEqualTo("SENT");
  }
}
