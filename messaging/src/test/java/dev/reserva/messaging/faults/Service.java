package dev.reserva.messaging.faults;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Echoed;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.rabbitmq.RabbitBroker;
import dev.reserva.messaging.transport.rabbitmq.RabbitSettings;
import dev.reserva.messaging.transport.rabbitmq.RabbitTopology;
import dev.reserva.messaging.transport.rabbitmq.TestRabbit;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A service on a database of its own, with one process or several. It records the effect of each
 * event in a {@link Ledger}.
 */
final class Service implements AutoCloseable {

  private static final String EXPIRE_LEASES =
      "update messaging.subscription set lease_until = '-infinity'";

  /** As docs/reliability.md tells operators. */
  private static final String SET_RELAY_BACK =
      """
      update messaging.subscription
      set position = :position, flags_from = (select max(position) from messaging.log_end),
        epoch = epoch + 1, owner = null
      where name = 'relay'
      """;

  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());

  private final String name;
  private final String hears;
  private final String publishes;
  private final URI brokerUri;
  private final List<ServiceProcess> processes = new ArrayList<>();

  /** Counted of processes that have ended. */
  private long pastRepeated;

  private int pastConnections;
  private ServiceDatabase database;

  /** Asks: hears the answers to the events that the load publishes. */
  static Service asking(URI brokerUri) {
    return new Service("asking", TestFacts.ECHOED, TestFacts.ADDED, brokerUri);
  }

  /** Answers each event that it hears with one of the same key and number. */
  static Service answering(URI brokerUri) {
    return new Service("answering", TestFacts.ADDED, TestFacts.ECHOED, brokerUri);
  }

  private Service(String name, String hears, String publishes, URI brokerUri) {
    this.name = name;
    this.hears = hears;
    this.publishes = publishes;
    this.brokerUri = brokerUri;
    this.database = ServiceDatabase.create();
  }

  String queue() {
    return name + ".queue";
  }

  /** The database's name. */
  String database() {
    return database.name();
  }

  Ledger ledger() {
    return database.ledger();
  }

  /** Transactions that no fault concerns. */
  Transactions transactions() {
    return database.node().transactions();
  }

  long endOfLog() {
    return database.node().log().end();
  }

  Subscription subscription() {
    return Subscription.of(name, Set.of(hears), this::handle);
  }

  private void handle(List<Message> batch, UnitOfWork tx) {
    for (Message message : batch) {
      if (message.event().type().equals(TestFacts.ADDED)) {
        Added asked = message.payload(Added.class);
        Ledger.record(tx, message, asked.number());
        tx.publish(new Echoed(asked.counter(), asked.number()), Cause.of("answer"));
      } else {
        Ledger.record(tx, message, message.payload(Echoed.class).number());
      }
    }
  }

  ServiceProcess start() throws IOException {
    ServiceProcess process = new ServiceProcess(this, brokerUri.getPort(), this::brokerAt);
    processes.add(process);
    return process;
  }

  private Broker brokerAt(int port) {
    RabbitSettings settings = TestRabbit.settings(brokerUri, port, 1);
    return new RabbitBroker(
        settings,
        new RabbitTopology(Set.of(name), TYPES, Set.of(hears), settings),
        publishes::equals,
        new TestEnvelopes().contentType());
  }

  /** The process that was started first and has not ended. */
  ServiceProcess first() {
    return processes.getFirst();
  }

  /** The process that was started last. */
  ServiceProcess last() {
    return processes.getLast();
  }

  List<ServiceProcess> processes() {
    return List.copyOf(processes);
  }

  void eachProcess(Consumer<ServiceProcess> action) {
    processes().forEach(action);
  }

  /** Stops a process, or ends the threads of one that was killed. */
  void end(ServiceProcess process) {
    process.end();
    pastRepeated += process.intake().repeated();
    pastConnections += process.broker().connections();
    processes.remove(process);
  }

  /** Ends processes until one that lives is left; starts it if there is none. */
  void keepOne() throws IOException {
    for (ServiceProcess process : processes()) {
      if (!process.isAlive()) {
        end(process);
      }
    }
    while (processes.size() > 1) {
      end(first());
    }
    if (processes.isEmpty()) {
      start();
    }
  }

  void endAll() {
    eachProcess(this::end);
  }

  /** Lets leases expire, as time would. */
  void expireLeases() {
    database.fixture().execute(EXPIRE_LEASES);
  }

  /** Makes the relay send again what follows a position. */
  void setRelayBack(long position) {
    database.fixture().execute(SET_RELAY_BACK.replace(":position", String.valueOf(position)));
  }

  /** The recorded position of the relay. */
  long relayed() {
    return database
        .fixture()
        .number("select position from messaging.subscription where name = 'relay'");
  }

  /** How many events have come again and were refused by the inbox. */
  long repeated() {
    return pastRepeated + sum(process -> process.intake().repeated());
  }

  /** How many connections to the broker were opened. */
  long connections() {
    return pastConnections + sum(process -> process.broker().connections());
  }

  private long sum(ToLongFunction<ServiceProcess> count) {
    return processes.stream().mapToLong(count).sum();
  }

  /** A backup of the database, restored beside it. */
  ServiceDatabase backup() {
    return database.copy();
  }

  /** Goes on with a backup. No process may run. */
  void restore(ServiceDatabase backup) {
    database.close();
    database = backup;
  }

  /** What is parked, dead or unreadable. */
  long troubles() {
    return database
        .fixture()
        .number(
            """
            select (select count(*) from messaging.parked) + (select count(*) from messaging.dead_letter)
              + (select count(*) from messaging.unreadable)
            """);
  }

  @Override
  public void close() {
    endAll();
    database.close();
  }
}
