package dev.reserva.notifications.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.Ids;
import dev.reserva.notifications.application.Allowances;
import dev.reserva.notifications.application.Bounces;
import dev.reserva.notifications.application.Devices;
import dev.reserva.notifications.application.Fingerprints;
import dev.reserva.notifications.application.HearFacts;
import dev.reserva.notifications.application.Heard;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.KnownOrder;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.application.RecordEnds;
import dev.reserva.notifications.application.RegisterDevice;
import dev.reserva.notifications.application.RemoveOld;
import dev.reserva.notifications.application.TellByPhone;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Device;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.privacy.TestKeys;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresMessagesIT {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("platform", "notifications");
  private static final Ids IDS = Ids.timeOrdered();
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Map<Channel, Set<Fact>> BY_PHONE =
      Map.of(
          Channel.SMS,
          Set.of(Fact.ORDER_SHIPPED, Fact.ORDER_REFUNDED),
          Channel.PUSH,
          Set.of(Fact.ORDER_SHIPPED));

  private static final Fingerprints FINGERPRINTS = (_, address) -> "hash of " + address;

  private final JdbcClient sql = JdbcClient.create(DATABASE.dataSource());
  private Messages messages = new PostgresMessages(Duration.ZERO);
  private final History history = new PostgresHistory(DATABASE.transactions());
  private final SubjectKeys keys = TestKeys.subjectKeys();
  private final Recipients recipients = new PostgresRecipients(keys);
  private final Bounces bounces = new PostgresBounces();
  private final Allowances allowances = new PostgresAllowances();
  private final Devices devices = new PostgresDevices(keys, FINGERPRINTS);

  @BeforeEach
  void empty() {
    sql.sql(
            """
            truncate notifications.message, notifications.order, notifications.history,
              notifications.customer, notifications.device, notifications.bounce,
              notifications.allowance, notifications.preference
            """)
        .update();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static Heard heard(Fact fact, UUID order, @Nullable UUID customer, Instant at) {
    return new Heard(
        fact,
        order,
        order,
        customer,
        "sales.order.created",
        at,
        Map.of("total", new Detail.Amount(new BigDecimal("10.00"), "BRL")));
  }

  /** The event of a payment does not name the customer. */
  private static Heard pending(UUID order, UUID payment) {
    return new Heard(
        Fact.PAYMENT_PENDING,
        payment,
        order,
        null,
        "financial.payment.pending",
        Instant.now(),
        Map.of());
  }

  private void hear(Duration maxAge, Heard... facts) {
    hear(maxAge, List.of(), facts);
  }

  private void hear(Duration maxAge, List<KnownOrder> orders, Heard... facts) {
    HearFacts hearing =
        new HearFacts(
            messages,
            new TellByPhone(messages, recipients, devices, IDS, BY_PHONE),
            IDS,
            List.of("a@example.org", "b@example.org"),
            maxAge,
            () -> {});
    DATABASE.transactions().run(tx -> hearing.hear(orders, List.of(facts), tx));
  }

  private List<Claimed> claim(int limit) {
    return claim(Channel.EMAIL, limit);
  }

  private List<Claimed> claim(Channel channel, int limit) {
    return DATABASE.transactions().call(tx -> messages.claim(channel, limit, LEASE, tx));
  }

  private void register(UUID customer, @Nullable String phone) {
    DATABASE
        .transactions()
        .run(tx ->
            recipients.save(
                List.of(new Recipients.Sealed(customer, "Maria", "maria@example.org", phone, null)),
                tx));
  }

  private UUID device(UUID customer, String token) {
    return DATABASE
        .transactions()
        .call(tx ->
            switch (new RegisterDevice(devices, bounces, FINGERPRINTS, IDS)
                .register(customer, token, tx)) {
              case RegisterDevice.Outcome.Registered(Device device) -> device.id();
              case RegisterDevice.Outcome.Known(Device device) -> device.id();
              case RegisterDevice.Outcome.TooMany _, RegisterDevice.Outcome.Erased _ ->
                  throw new AssertionError("not registered");
            });
  }

  private void settle(Settled... settled) {
    DATABASE.transactions().run(tx -> messages.settle(List.of(settled), tx));
  }

  private long count() {
    return sql.sql("select count(*) from notifications.message").query(Long.class).single();
  }

  @Test
  void a_fact_that_is_heard_again_makes_no_second_message() {
    UUID order = IDS.next();
    Heard fact = heard(Fact.ORDER_RECEIVED, order, IDS.next(), Instant.now());

    hear(Duration.ofDays(1), fact, fact);
    hear(Duration.ofDays(1), fact, heard(Fact.ORDER_PAID, order, IDS.next(), Instant.now()));

    assertThat(count()).isEqualTo(2);
  }

  @Test
  void what_is_due_of_one_channel_is_found_without_reading_what_waits_for_another() {
    sql.sql(
            """
            insert into notifications.message
              (id, occurrence, template, channel, recipient, trigger, details, created_at, due_at)
            select gen_random_uuid(), gen_random_uuid(), 'manual', 'EMAIL', 'a@example.org', 'manual', '{}', now(), now()
            from generate_series(1, 5000)
            """)
        .update();
    sql.sql("analyze notifications.message").update();

    List<@Nullable String> plan =
        sql.sql("explain (analyze, timing off) " + PostgresMessages.CLAIM)
            .params("SMS", 100, 600)
            .query(String.class)
            .list();

    assertThat(plan)
        .anyMatch(line -> line != null && line.contains("message_due_of_channel"))
        .noneMatch(line -> line != null && line.contains("Rows Removed by Filter"));
  }

  @Test
  void of_the_steps_of_an_order_that_are_heard_together_the_furthest_one_is_told() {
    UUID order = IDS.next();
    UUID customer = IDS.next();

    hear(
        Duration.ofDays(1),
        heard(Fact.ORDER_RECEIVED, order, customer, Instant.now()),
        pending(order, IDS.next()),
        heard(Fact.ORDER_PAID, order, customer, Instant.now()),
        heard(Fact.ORDER_CONFIRMED, order, customer, Instant.now()),
        heard(Fact.ORDER_SHIPPED, order, customer, Instant.now()),
        heard(Fact.ORDER_DELIVERED, order, customer, Instant.now()));

    assertThat(claim(10))
        .extracting(Claimed::template)
        .containsExactlyInAnyOrder("order-confirmed", "order-shipped", "order-delivered");
  }

  @Test
  void a_payment_that_waits_for_the_buyer_is_told_instead_of_the_receipt() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    UUID payment = IDS.next();

    hear(
        Duration.ofDays(1),
        heard(Fact.ORDER_RECEIVED, order, customer, Instant.now()),
        pending(order, payment));
    hear(Duration.ofDays(1), pending(order, IDS.next()), pending(order, payment));

    assertThat(claim(10))
        .as("each payment of the order once")
        .extracting(Claimed::template)
        .containsExactly("payment-pending", "payment-pending");
  }

  @Test
  void a_step_that_is_heard_again_after_a_further_one_is_told_nobody() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    Heard received = heard(Fact.ORDER_RECEIVED, order, customer, Instant.now());
    Heard pending = pending(order, IDS.next());
    Heard paid = heard(Fact.ORDER_PAID, order, customer, Instant.now());
    Heard confirmed = heard(Fact.ORDER_CONFIRMED, order, customer, Instant.now());
    hear(Duration.ofDays(1), received, pending, paid, confirmed);
    settle(new Settled.Sent(claim(10).getFirst().id(), Instant.now()));

    hear(Duration.ofDays(1), received);
    hear(Duration.ofDays(1), pending);
    hear(Duration.ofDays(1), received, pending, paid);
    hear(Duration.ofDays(1), confirmed);

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void an_order_is_known_whichever_of_its_facts_comes_first() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    hear(Duration.ofDays(1), pending(order, IDS.next()));
    hear(
        Duration.ofDays(1),
        List.of(new KnownOrder(order, customer, "R-2")),
        heard(Fact.ORDER_RECEIVED, order, customer, Instant.now()));

    List<Claimed> claimed = claim(10);

    assertThat(claimed).extracting(Claimed::template).containsExactly("payment-pending");
    assertThat(claimed).extracting(Claimed::customerId).containsExactly(customer);
    assertThat(claimed).extracting(Claimed::orderNumber).containsExactly("R-2");
  }

  @Test
  void a_message_that_was_never_tried_gives_way_to_that_of_a_further_step() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    UUID tried = IDS.next();
    hear(Duration.ofDays(1), heard(Fact.ORDER_RECEIVED, tried, customer, Instant.now()));
    UUID received = claim(10).getFirst().id();
    settle(new Settled.Postponed(received, Instant.now(), true));
    hear(Duration.ofDays(1), heard(Fact.ORDER_RECEIVED, order, customer, Instant.now()));
    hear(
        Duration.ofDays(1),
        heard(Fact.ORDER_CONFIRMED, order, customer, Instant.now()),
        heard(Fact.ORDER_CONFIRMED, tried, customer, Instant.now()));

    List<Claimed> claimed = claim(10);

    assertThat(claimed).filteredOn(it -> order.equals(it.orderId())).hasSize(1);
    assertThat(claimed)
        .extracting(Claimed::template)
        .as("whether the one that was tried has arrived is not known")
        .containsExactlyInAnyOrder("order-received", "order-confirmed", "order-confirmed");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  @EffectOf("reserva.notifications.gather")
  void a_step_that_is_usually_followed_waits_for_the_next_one() {
    messages = new PostgresMessages(Duration.ofMinutes(1));
    hear(
        Duration.ofDays(1),
        heard(Fact.ORDER_PAID, IDS.next(), IDS.next(), Instant.now()),
        heard(Fact.ORDER_CONFIRMED, IDS.next(), IDS.next(), Instant.now()),
        heard(Fact.ORDER_CANCELLED, IDS.next(), IDS.next(), Instant.now()));

    assertThat(claim(10))
        .extracting(Claimed::template)
        .containsExactlyInAnyOrder("order-confirmed", "order-cancelled");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void each_operator_gets_an_alert() {
    hear(Duration.ofDays(1), heard(Fact.STOCK_LOW, IDS.next(), null, Instant.now()));

    assertThat(claim(10))
        .extracting(Claimed::recipient)
        .containsExactlyInAnyOrder("a@example.org", "b@example.org");
  }

  @Test
  @EffectOf("reserva.notifications.max-age")
  void a_fact_that_is_older_than_allowed_is_told_nobody() {
    Instant now = Instant.now();

    hear(
        Duration.ofHours(2),
        heard(Fact.ORDER_RECEIVED, IDS.next(), IDS.next(), now.minus(Duration.ofHours(3))),
        heard(Fact.ORDER_RECEIVED, IDS.next(), IDS.next(), now.minus(Duration.ofHours(1))));

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void a_customer_with_a_phone_and_devices_is_told_by_each_of_them_once() {
    UUID customer = IDS.next();
    register(customer, "+5511987654321");
    UUID one = device(customer, "one");
    UUID other = device(customer, "other");
    Heard fact = heard(Fact.ORDER_SHIPPED, IDS.next(), customer, Instant.now());

    hear(Duration.ofDays(1), fact, heard(Fact.ORDER_PAID, IDS.next(), customer, Instant.now()));
    hear(Duration.ofDays(1), fact);

    assertThat(claim(10)).hasSize(2);
    assertThat(claim(Channel.SMS, 10))
        .extracting(Claimed::recipient)
        .containsExactly(NewMessage.CUSTOMER);
    assertThat(claim(Channel.PUSH, 10))
        .extracting(Claimed::recipient)
        .containsExactlyInAnyOrder(one.toString(), other.toString());
  }

  @Test
  void a_customer_without_phone_and_device_is_told_by_mail_alone() {
    UUID customer = IDS.next();
    register(customer, null);

    hear(Duration.ofDays(1), heard(Fact.ORDER_SHIPPED, IDS.next(), customer, Instant.now()));

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void the_phone_of_an_orders_customer_is_found_where_the_fact_does_not_name_the_customer() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    register(customer, "+5511987654321");
    DATABASE
        .transactions()
        .run(tx -> messages.remember(List.of(new KnownOrder(order, customer, "R-1")), tx));

    hear(Duration.ofDays(1), heard(Fact.ORDER_REFUNDED, order, null, Instant.now()));

    assertThat(claim(Channel.SMS, 10).getFirst().customerId()).isEqualTo(customer);
  }

  @Test
  void a_device_belongs_to_the_customer_who_registered_it_last() {
    UUID first = IDS.next();
    UUID second = IDS.next();
    UUID known = device(first, "token");
    assertThat(device(first, "token")).as("the same token again").isEqualTo(known);

    UUID moved = device(second, "token");

    DATABASE
        .transactions()
        .run(tx -> {
          assertThat(devices.of(Set.of(first, second), tx))
              .containsOnly(Map.entry(second, Set.of(moved)));
          assertThat(devices.tokens(Set.of(moved), tx)).containsEntry(moved, "token");
        });
    assertThat(sql.sql("select token from notifications.device").query(String.class).single())
        .startsWith("sealed-personal:");
  }

  @Test
  void a_customer_has_a_limited_number_of_devices_also_when_all_are_registered_at_once()
      throws Exception {
    UUID customer = IDS.next();
    RegisterDevice registerDevice = new RegisterDevice(devices, bounces, FINGERPRINTS, IDS);
    Set<RegisterDevice.Outcome> outcomes = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> all = new java.util.ArrayList<>();
      for (int i = 0; i < Device.MOST + 5; i++) {
        String token = "token " + i;
        all.add(() ->
            outcomes.add(
                DATABASE.transactions().call(tx -> registerDevice.register(customer, token, tx))));
      }
      for (Future<Boolean> one : threads.invokeAll(all)) {
        one.get();
      }
    }

    assertThat(outcomes).contains(new RegisterDevice.Outcome.TooMany(Device.MOST));
    assertThat(sql.sql("select count(*) from notifications.device").query(Long.class).single())
        .isEqualTo(Device.MOST);
  }

  @Test
  void an_erasure_forgets_the_devices_and_none_is_registered_after_it() {
    UUID customer = IDS.next();
    device(customer, "token");

    DATABASE.transactions().run(tx -> recipients.erase(List.of(customer), tx));

    assertThat(sql.sql("select count(*) from notifications.device").query(Long.class).single())
        .isZero();
    assertThat(
            DATABASE
                .transactions()
                .<RegisterDevice.Outcome>call(tx ->
                    new RegisterDevice(devices, bounces, FINGERPRINTS, IDS)
                        .register(customer, "token", tx)))
        .isEqualTo(new RegisterDevice.Outcome.Erased());
  }

  @Test
  void the_customer_of_an_order_is_found_where_the_fact_does_not_name_it() {
    UUID order = IDS.next();
    UUID customer = IDS.next();
    hear(Duration.ofDays(1), heard(Fact.ORDER_REFUNDED, order, null, Instant.now()));
    DATABASE
        .transactions()
        .run(tx -> messages.remember(List.of(new KnownOrder(order, customer, "R-1")), tx));

    Claimed claimed = claim(10).getFirst();

    assertThat(claimed.customerId()).isEqualTo(customer);
    assertThat(claimed.orderNumber()).isEqualTo("R-1");
    assertThat(claimed.details())
        .containsExactly(Map.entry("total", new Detail.Amount(new BigDecimal("10.00"), "BRL")));
  }

  @Test
  void of_many_claimants_each_message_goes_to_one() throws Exception {
    for (int i = 0; i < 200; i++) {
      hear(Duration.ofDays(1), heard(Fact.ORDER_RECEIVED, IDS.next(), IDS.next(), Instant.now()));
    }
    List<UUID> claimed;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<Claimed>> claimant = () -> claim(60);
      List<Future<List<Claimed>>> each =
          threads.invokeAll(List.of(claimant, claimant, claimant, claimant));
      claimed = new java.util.ArrayList<>();
      for (Future<List<Claimed>> one : each) {
        one.get().forEach(message -> claimed.add(message.id()));
      }
    }

    assertThat(claimed).doesNotHaveDuplicates();
    claim(200).forEach(message -> claimed.add(message.id()));
    assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
    assertThat(claim(10)).as("nothing is due before the leases end").isEmpty();
  }

  @Test
  void what_is_settled_is_final_and_its_history_follows() {
    hear(
        Duration.ofDays(1),
        heard(Fact.ORDER_RECEIVED, IDS.next(), IDS.next(), Instant.now()),
        heard(Fact.ORDER_PAID, IDS.next(), IDS.next(), Instant.now()),
        heard(Fact.ORDER_DELIVERED, IDS.next(), IDS.next(), Instant.now()));
    List<Claimed> claimed = claim(10);
    history.save(claimed.stream().map(PostgresMessagesIT::entry).toList());
    UUID sent = claimed.get(0).id();
    UUID failed = claimed.get(1).id();
    Instant at = Instant.parse("2026-03-01T12:00:00Z");

    settle(
        new Settled.Sent(sent, at),
        new Settled.Failed(failed, Failure.BOUNCED, at),
        new Settled.Postponed(claimed.get(2).id(), at, false));
    settle(new Settled.Failed(sent, Failure.REJECTED, at));
    RecordEnds recordEnds = new RecordEnds(messages, history, DATABASE.transactions());
    assertThat(recordEnds.record()).isFalse();

    assertThat(history.find(List.of(sent)).getFirst().status()).isEqualTo(Status.SENT);
    assertThat(history.find(List.of(sent)).getFirst().sentAt()).isEqualTo(at);
    assertThat(history.find(List.of(failed)).getFirst().failure()).isEqualTo(Failure.BOUNCED);
    List<Claimed> again = claim(10);
    assertThat(again).extracting(Claimed::id).containsExactly(claimed.get(2).id());
    assertThat(again.getFirst().attempt()).as("the postponed one did not count").isEqualTo(1);
  }

  private static History.Entry entry(Claimed message) {
    return new History.Entry(
        message.id(),
        message.channel(),
        message.template(),
        message.orderId(),
        message.customerId(),
        message.trigger(),
        "maria@example.org",
        "subject",
        "content",
        Status.PENDING,
        null,
        message.createdAt(),
        null);
  }

  @Test
  @EffectOf("reserva.notifications.retention")
  void what_is_older_than_it_is_kept_is_removed() {
    hear(
        Duration.ofDays(1),
        heard(Fact.ORDER_RECEIVED, IDS.next(), IDS.next(), Instant.now()),
        heard(Fact.ORDER_PAID, IDS.next(), IDS.next(), Instant.now()));
    List<Claimed> claimed = claim(10);
    history.save(claimed.stream().map(PostgresMessagesIT::entry).toList());
    settle(new Settled.Sent(claimed.getFirst().id(), Instant.now()));
    new RecordEnds(messages, history, DATABASE.transactions()).record();
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));

    new RemoveOld(
            messages, history, allowances, DATABASE.transactions(), Duration.ofDays(31), later)
        .step();
    assertThat(count()).isEqualTo(2);
    new RemoveOld(
            messages, history, allowances, DATABASE.transactions(), Duration.ofDays(29), later)
        .step();

    assertThat(count()).as("the one that is still pending stays").isEqualTo(1);
    assertThat(history.find(claimed.stream().map(Claimed::id).toList())).isEmpty();
  }

  @Test
  void the_database_refuses_a_message_that_contradicts_itself() {
    for (String[] wrong :
        new String[][] {
          {"SENT", "0", "null", "now()", "null"},
          {"SENT", "1", "now()", "now()", "null"},
          {"FAILED", "1", "null", "now()", "null"},
          {"PENDING", "0", "null", "null", "null"},
          {"PENDING", "-1", "now()", "null", "null"}
        }) {
      String insert =
          """
          insert into notifications.message
            (id, occurrence, template, channel, recipient, trigger, details, created_at, status, attempts, due_at, ended_at, failure)
          values (gen_random_uuid(), gen_random_uuid(), 't', 'EMAIL', 'a@example.org', 'manual', '{}', now(), '%s', %s, %s, %s, %s)
          """
              .formatted((Object[]) wrong);
      assertThatThrownBy(() -> sql.sql(insert).update())
          .as(String.join(" ", wrong))
          .hasMessageContaining("consistent");
    }
  }
}
