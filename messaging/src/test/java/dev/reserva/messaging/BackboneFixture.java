package dev.reserva.messaging;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.delivery.BrokerParts;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.EventReader;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.PlainMessages;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresCursors;
import dev.reserva.messaging.store.PostgresDeadLetters;
import dev.reserva.messaging.store.PostgresEventLog;
import dev.reserva.messaging.store.PostgresInbox;
import dev.reserva.messaging.store.PostgresLogIdentity;
import dev.reserva.messaging.store.PostgresParking;
import dev.reserva.messaging.store.PostgresTransactions;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.postgres.PostgresPublishedEvents;
import dev.reserva.messaging.transport.postgres.PostgresTransport;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The backbone on a database of its own, wired as in production. Several {@linkplain #node()
 * processes} can share the database; they have nothing else in common.
 */
public final class BackboneFixture implements AutoCloseable {

  /**
   * Databases that earlier tests have cleaned up. Making a database takes longer than a whole test.
   */
  private static final Queue<HikariDataSource> CLEAN = new ConcurrentLinkedQueue<>();

  private static final List<String> MIGRATIONS =
      List.of(
          "/db/messaging/V1__event_log_and_delivery.sql",
          "/db/messaging/V2__listeners.sql",
          "/db/messaging/V3__segments_without_check.sql",
          "/db/messaging/V4__local_delivery.sql",
          "/db/messaging/V5__event_batches.sql",
          "/db/messaging/V6__log_end.sql",
          "/db/messaging/V7__imported_events.sql",
          "/db/messaging/V8__commands_on_unreadable_messages.sql",
          "/db/messaging/V10__dead_letters_of_a_key.sql");

  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final DeadLetters.Announcer announcer;
  private final DeadLetters.EditPolicy editPolicy;
  private final Ids ids = Ids.timeOrdered();
  private final List<AutoCloseable> open = new ArrayList<>();

  private BackboneFixture(
      DataSource dataSource,
      EventCatalogue catalogue,
      DeadLetters.Announcer announcer,
      DeadLetters.EditPolicy editPolicy) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.announcer = announcer;
    this.editPolicy = editPolicy;
  }

  /** On a database of its own, with {@link TestFacts}. */
  public static BackboneFixture start() {
    EventCatalogue catalogue = TestFacts.catalogue();
    HikariDataSource clean = CLEAN.poll();
    HikariDataSource database = clean == null ? TestPostgres.freshDatabase() : clean;
    BackboneFixture fixture =
        on(database, catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue));
    fixture.open.add(() -> {
      fixture.execute("drop schema messaging cascade");
      fixture.execute("drop schema public cascade");
      fixture.execute("create schema public");
      CLEAN.add(database);
    });
    return fixture;
  }

  /** On a database that the caller closes. The fixture makes the schema {@code messaging} in it. */
  public static BackboneFixture on(
      DataSource dataSource,
      EventCatalogue catalogue,
      DeadLetters.Announcer announcer,
      DeadLetters.EditPolicy editPolicy) {
    migrate(dataSource);
    return new BackboneFixture(dataSource, catalogue, announcer, editPolicy);
  }

  /** On a database that has the schema {@code messaging}. The caller closes it. */
  public static BackboneFixture onMigrated(DataSource dataSource) {
    EventCatalogue catalogue = TestFacts.catalogue();
    return new BackboneFixture(
        dataSource, catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue));
  }

  /** Applies the backbone's migrations, with the search path that Flyway would set. */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, MIGRATIONS.size());
  }

  /** Applies the first migrations only. */
  public static void migrate(DataSource dataSource, int until) {
    apply(dataSource, "create schema messaging", MIGRATIONS.subList(0, until));
  }

  /** Applies what follows the first migrations. */
  public static void migrateFrom(DataSource dataSource, int from) {
    apply(dataSource, "select", MIGRATIONS.subList(from, MIGRATIONS.size()));
  }

  private static void apply(DataSource dataSource, String first, List<String> migrations) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(first);
      statement.execute("set search_path = messaging");
      for (String migration : migrations) {
        statement.execute(script(migration));
      }
      statement.execute("reset search_path");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the migration failed", e);
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream script = BackboneFixture.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException("no migration " + name);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public EventCatalogue catalogue() {
    return catalogue;
  }

  public Ids ids() {
    return ids;
  }

  /** Another process on the same database. It listens for appends, and runs no subscription yet. */
  public Node node() {
    return node(System::nanoTime);
  }

  /**
   * Another process, whose local delivery has a clock of its own.
   *
   * @param nanoTime a clock that only moves forward
   */
  public Node node(LongSupplier nanoTime) {
    Node node = new Node(nanoTime);
    open.add(node);
    node.tail.start();
    return node;
  }

  /** Runs SQL, for tests that inspect the tables or change stored times. */
  public void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The result of a query that returns one number. */
  public long number(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The result of a query of one column of ids. */
  public List<UUID> ids(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<UUID> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    for (AutoCloseable resource : open.reversed()) {
      try {
        resource.close();
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("cannot close", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The objects that production wires once per process. */
  public final class Node implements AutoCloseable {

    private final LocalDelivery local;
    private final LogTail tail;
    private final RateMeter published = new RateMeter(System::nanoTime);
    private final PostgresTransactions transactions;
    private final PostgresEventLog log = new PostgresEventLog(dataSource);
    private final PostgresCursors cursors = new PostgresCursors(dataSource);
    private final PostgresParking parking =
        new PostgresParking(dataSource, catalogue, ids, announcer);
    private final PostgresTransport transport;
    private final AtomicReference<@Nullable RunningBackbone> running = new AtomicReference<>();
    private final PostgresDeadLetters deadLetters;

    private Node(LongSupplier nanoTime) {
      local = new LocalDelivery(nanoTime);
      tail = new LogTail(dataSource, catalogue, local);
      transactions =
          new PostgresTransactions(
              dataSource, catalogue, ids, Clock.systemUTC(), tail, local, published);
      transport = new PostgresTransport(tail);
      deadLetters = new PostgresDeadLetters(transactions, editPolicy, announcer, this::released);
    }

    private void released(String subscription) {
      RunningBackbone backbone = running.get();
      if (backbone != null) {
        backbone.wakeSubscription(subscription);
      }
    }

    /** The parts by which this process joins its log to others. */
    public BrokerParts brokerParts(Broker broker) {
      return new BrokerParts(
          broker,
          new TestEnvelopes(),
          new PostgresPublishedEvents(tail),
          inbox(),
          new PostgresLogIdentity(dataSource),
          new EventReader(new TestEnvelopes(), catalogue, PlainMessages.NONE));
    }

    public PostgresInbox inbox() {
      return new PostgresInbox(transactions, ids, Duration.ofDays(7));
    }

    /** Starts subscriptions and workers; at most once per process. */
    public RunningBackbone run(Collection<Subscription> subscriptions, Collection<Worker> workers) {
      return run(subscriptions, workers, null);
    }

    /** Starts subscriptions, the relay and the intakes; at most once per process. */
    public RunningBackbone run(Broker broker, Subscription... subscriptions) {
      return run(List.of(subscriptions), List.of(), brokerParts(broker));
    }

    private RunningBackbone run(
        Collection<Subscription> subscriptions,
        Collection<Worker> workers,
        @Nullable BrokerParts broker) {
      RunningBackbone backbone =
          new RunningBackbone(
              subscriptions,
              workers,
              transport,
              transactions,
              cursors,
              parking,
              local,
              log,
              published,
              Clock.systemUTC(),
              broker);
      if (!running.compareAndSet(null, backbone)) {
        throw new IllegalStateException("this process runs already");
      }
      backbone.start();
      return backbone;
    }

    public RunningBackbone run(Subscription... subscriptions) {
      return run(List.of(subscriptions), List.of());
    }

    public LogTail tail() {
      return tail;
    }

    public Transactions transactions() {
      return transactions;
    }

    public EventLog log() {
      return log;
    }

    public Cursors cursors() {
      return cursors;
    }

    public Parking parking() {
      return parking;
    }

    public LocalDelivery local() {
      return local;
    }

    public PostgresTransport transport() {
      return transport;
    }

    public DeadLetters deadLetters() {
      return deadLetters;
    }

    public OperatorCommands operators() {
      return new OperatorCommands(deadLetters, transactions);
    }

    @Override
    public void close() {
      RunningBackbone backbone = running.get();
      boolean ended = backbone == null || backbone.stop(Duration.ofSeconds(10));
      tail.close();
      if (!ended) {
        throw new IllegalStateException("the backbone did not stop within 10 s");
      }
    }
  }
}
