package dev.reserva.messaging.transport;

import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopParts;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A backbone on a PostgreSQL database of its own. */
final class PostgresHarness implements LogHarness {

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node publisher = fixture.node();
  private final AtomicLong elapsed = new AtomicLong();

  PostgresHarness() {
    fixture.execute(
        """
        create table effect (ordinal bigserial primary key, subscription text, event_id uuid,
          key uuid, number bigint)
        """);
  }

  private long nanoTime() {
    return System.nanoTime() + elapsed.get();
  }

  @Override
  public Transactions transactions() {
    return publisher.transactions();
  }

  @Override
  public EventLog log() {
    return publisher.log();
  }

  @Override
  public DeadLetters deadLetters() {
    return publisher.deadLetters();
  }

  @Override
  public Cursors cursors() {
    return publisher.cursors();
  }

  @Override
  public Parking parking() {
    return publisher.parking();
  }

  @Override
  public Node node(Subscription subscription) {
    BackboneFixture.Node process = fixture.node();
    CrashingTransactions transactions = new CrashingTransactions(process.transactions());
    SubscriptionLoop loop =
        new SubscriptionLoop(
            subscription, parts(process, transactions), new RateMeter(this::nanoTime));
    return new Node() {
      @Override
      public SubscriptionLoop loop() {
        return loop;
      }

      @Override
      public void drain() {
        do {
          awaitTail(process);
          loop.wake();
        } while (loop.step());
      }

      @Override
      public void crashAt(CrashPoint point) {
        transactions.crashAt(point);
      }
    };
  }

  @Override
  public Member process(Subscription... subscriptions) {
    BackboneFixture.Node process = fixture.node(this::nanoTime);
    LoopParts parts = parts(process, process.transactions());
    List<SubscriptionLoop> loops =
        Stream.of(subscriptions)
            .map(each -> new SubscriptionLoop(each, parts, new RateMeter(this::nanoTime)))
            .toList();
    return new Member() {
      @Override
      public Transactions transactions() {
        return process.transactions();
      }

      @Override
      public void drain() {
        // Twice, because one subscription can handle what another one publishes.
        for (int round = 0; round < 2; round++) {
          for (SubscriptionLoop loop : loops) {
            do {
              awaitTail(process);
              loop.wake();
            } while (loop.step());
          }
        }
      }
    };
  }

  @Override
  public RelayLoop relay(Broker broker) {
    BackboneFixture.Node process = fixture.node();
    return new RelayLoop(
        process.brokerParts(broker),
        parts(process, process.transactions()),
        new RateMeter(this::nanoTime));
  }

  @Override
  public IntakeLoop intake(String queue, Broker broker) {
    BackboneFixture.Node process = fixture.node();
    return new IntakeLoop(
        queue, process.brokerParts(broker), parts(process, process.transactions()));
  }

  @Override
  public Set<UUID> imported() {
    return Set.copyOf(fixture.ids("select id from messaging.event where handled_by < 0"));
  }

  @Override
  public Set<UUID> published(Set<String> types) {
    return Set.copyOf(
        fixture.ids(
            "select id from messaging.event where coalesce(handled_by, 0) >= 0 and type in ('%s')"
                .formatted(String.join("', '", types))));
  }

  private LoopParts parts(BackboneFixture.Node process, Transactions transactions) {
    return new LoopParts(
        process.transport(),
        transactions,
        process.cursors(),
        process.parking(),
        process.local(),
        new Random(1),
        UUID.randomUUID(),
        this::nanoTime);
  }

  /** Waits until a process has noticed all that is in the log. */
  private void awaitTail(BackboneFixture.Node process) {
    long end = log().end();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> process.tail().end() >= end);
  }

  BackboneFixture fixture() {
    return fixture;
  }

  @Override
  public long handledLocally() {
    return fixture.number(
        "select coalesce(sum(length(replace((handled_by & 2147483647)::bit(32)::text, '0', ''))), 0) from messaging.event");
  }

  @Override
  public void elapse(Duration duration) {
    elapsed.addAndGet(duration.toNanos());
    String ago = " - %d * interval '1 millisecond'".formatted(duration.toMillis());
    fixture.execute(
        "update messaging.subscription set lease_until = lease_until"
            + ago
            + " where lease_until > '-infinity'");
    fixture.execute("update messaging.parked set due_at = due_at" + ago);
  }

  @Override
  public Tally tally(String subscription) {
    String of = " from messaging.subscription where name = '%s'".formatted(subscription);
    return new Tally(
        fixture.number("select delivered" + of),
        fixture.number("select handled" + of),
        fixture.number("select discarded" + of),
        fixture.number(
            "select count(*) from messaging.parked where subscription = '%s'"
                .formatted(subscription)));
  }

  @Override
  public Effects effects() {
    return new Effects() {
      @Override
      public void add(UnitOfWork tx, String subscription, Message message) {
        Added added = message.payload(Added.class);
        try (var insert =
            tx.resource(Connection.class)
                .prepareStatement(
                    "insert into effect (subscription, event_id, key, number) values (?, ?, ?, ?)")) {
          insert.setString(1, subscription);
          insert.setObject(2, message.event().id());
          insert.setObject(3, message.key());
          insert.setLong(4, added.number());
          insert.executeUpdate();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public List<Effect> of(String subscription) {
        try (Connection connection = fixture.dataSource().getConnection();
            var select =
                connection.prepareStatement(
                    "select event_id, key, number from effect where subscription = ? order by ordinal")) {
          select.setString(1, subscription);
          List<Effect> effects = new ArrayList<>();
          try (var rows = select.executeQuery()) {
            while (rows.next()) {
              effects.add(
                  new Effect(
                      rows.getObject(1, UUID.class),
                      rows.getObject(2, UUID.class),
                      rows.getLong(3)));
            }
          }
          return effects;
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  @Override
  public Set<Trait> lacks() {
    return Set.of(Trait.STOPPED_CLOCK);
  }

  @Override
  public void close() {
    fixture.close();
  }
}
