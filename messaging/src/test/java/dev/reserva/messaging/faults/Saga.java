package dev.reserva.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.harness.TcpProxy;
import dev.reserva.harness.broker.RabbitNode;
import dev.reserva.messaging.faults.Ledger.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two services on databases of their own, which a private RabbitMQ joins. One publishes events and
 * hears the answers, the other answers. {@link #through} runs a load, injects a fault, and judges
 * what has become of each event and each answer.
 */
final class Saga implements AutoCloseable {

  /** Nothing takes as long unless something is lost or hangs. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** Answers before the fault, and to events published after it. */
  private static final int ANSWERS = 150;

  private static final Set<String> HEALTHY = Set.of("running", "standby");
  private static final Logger LOG = LoggerFactory.getLogger(Saga.class);

  private final RabbitNode node;
  private final Service asking;
  private final Service answering;

  /** How many events of each key were published, of all loads that had a clean outcome. */
  private final Map<UUID, Long> published = new HashMap<>();

  private Saga(RabbitNode node) {
    this.node = node;
    this.asking = Service.asking(node.uri());
    this.answering = Service.answering(node.uri());
  }

  /**
   * @param folder of the broker; exists and is empty
   */
  static Saga start(Path folder) throws IOException, InterruptedException {
    Saga saga = new Saga(RabbitNode.start(folder));
    saga.asking.start();
    saga.answering.start();
    saga.awaitHealthy();
    saga.node.syncTopology(); // else a killed broker would lose the queues
    return saga;
  }

  RabbitNode node() {
    return node;
  }

  Service asking() {
    return asking;
  }

  Service answering() {
    return answering;
  }

  /** Injects a fault while the load runs, and returns when it is over. */
  @FunctionalInterface
  interface Fault {
    void inject(Load load) throws Exception;
  }

  /**
   * Runs a load, and injects a fault in the middle.
   *
   * @throws AssertionError when an event or answer is lost, doubled or overtaken, or something does
   *     not recover within {@link #LIMIT}
   */
  Outcome through(String name, Fault fault) throws Exception {
    Outcome outcome = judged(name, fault);
    assertThat(outcome.answering()).as("events").isEqualTo(Verdict.CLEAN);
    assertThat(outcome.asking()).as("answers").isEqualTo(Verdict.CLEAN);
    return outcome;
  }

  /** The same, but leaves it to the caller what the outcome must be. */
  Outcome judged(String name, Fault fault) throws Exception {
    awaitHealthy();
    long repeated = asking.repeated() + answering.repeated();
    long connections = asking.connections() + answering.connections();
    Load load = new Load(asking.transactions()).start();
    Duration recovered;
    try {
      assertThat(answered(load, ANSWERS)).as("load runs").isTrue();
      fault.inject(load);
      long over = System.nanoTime();
      assertThat(answered(load, load.published() + ANSWERS)).as("recovers").isTrue();
      recovered = Duration.ofNanos(System.nanoTime() - over);
    } finally {
      load.stop();
    }
    long stopped = System.nanoTime();
    boolean drained = answered(load, load.published());
    Outcome outcome =
        new Outcome(
            name,
            load.published(),
            asking.repeated() + answering.repeated() - repeated,
            asking.connections() + answering.connections() - connections,
            recovered,
            Duration.ofNanos(System.nanoTime() - stopped),
            answering.ledger().verdict(load.ofKeys()),
            asking.ledger().verdict(load.ofKeys()));
    LOG.info("{}", outcome);
    assertThat(drained).as("drained: %s", outcome).isTrue();
    assertThat(asking.troubles() + answering.troubles()).as("parked or unreadable").isZero();
    if (outcome.asking().equals(Verdict.CLEAN)) {
      published.putAll(load.ofKeys());
    }
    return outcome;
  }

  /** Whether so many events of the load are answered in time. */
  private boolean answered(Load load, long count) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (asking.ledger().count(load.keys()) < count) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  /** Leaves each service one process, which runs, whatever the test before has left. */
  void settle() throws IOException {
    asking.keepOne();
    answering.keepOne();
    awaitHealthy();
  }

  /** Waits until every process runs or stands by. */
  void awaitHealthy() {
    until(() -> processes().allMatch(Saga::isHealthy));
  }

  private static boolean isHealthy(ServiceProcess process) {
    return HEALTHY.contains(process.relay().state()) && process.intake().state().equals("running");
  }

  Stream<ServiceProcess> processes() {
    return Stream.of(asking, answering).flatMap(service -> service.processes().stream());
  }

  void eachNetwork(Consumer<TcpProxy> action) {
    processes().map(ServiceProcess::toBroker).forEach(action);
  }

  static void until(BooleanSupplier condition) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
  }

  /**
   * Makes the broker ask for a heartbeat of two seconds, so that it finds dead connections soon.
   * Lasts until the broker restarts.
   */
  void shortenHeartbeat() throws Exception {
    node.rabbitmqctl("eval", "application:set_env(rabbit, heartbeat, 2).");
    long connections = asking.connections() + answering.connections();
    eachNetwork(TcpProxy::cut);
    until(() -> asking.connections() + answering.connections() >= connections + 4);
  }

  /** How often the broker has given a connection up that sent no heartbeat. */
  long missedHeartbeats() throws IOException {
    try (Stream<String> lines = Files.lines(node.log())) {
      return lines.filter(line -> line.contains("missed heartbeats from client")).count();
    }
  }

  /** Judges all loads again, for effects that came late. */
  void judgeAgain() {
    awaitHealthy();
    for (Service service : List.of(asking, answering)) {
      assertThat(service.ledger().verdict(published)).isEqualTo(Verdict.CLEAN);
    }
  }

  @Override
  public void close() {
    try (node;
        asking;
        answering) {
      // Closing is all.
    }
  }
}
