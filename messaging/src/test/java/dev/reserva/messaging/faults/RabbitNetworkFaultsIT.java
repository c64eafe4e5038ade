package dev.reserva.messaging.faults;

import static dev.reserva.messaging.faults.Saga.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.harness.TcpProxy;
import dev.reserva.harness.broker.RabbitNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RabbitMQ and the network to it fail under load: nothing is lost, doubled or overtaken. */
class RabbitNetworkFaultsIT {

  /** Of two processes, each with a relay and an intake. */
  private static final int CONNECTIONS = 4;

  @TempDir private static Path folder;
  private static Saga saga;

  @BeforeAll
  static void start() throws Exception {
    saga = Saga.start(folder);
  }

  @BeforeEach
  void settle() throws Exception {
    saga.settle();
  }

  @AfterAll
  static void close() {
    try (Saga ending = saga) {
      ending.judgeAgain();
    }
  }

  @Test
  void a_broker_that_is_killed_and_comes_back() throws Exception {
    RabbitNode node = saga.node();
    Outcome outcome =
        saga.through(
            "broker killed",
            _ -> {
              long pid = node.pid();
              node.kill();
              assertThat(ProcessHandle.of(pid)).isEmpty();
              node.start();
              assertThat(node.pid()).isNotEqualTo(pid);
            });
    assertThat(outcome.reconnects()).isGreaterThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void a_broker_that_comes_back_empty_once_the_relays_are_set_back() throws Exception {
    Service asking = saga.asking();
    Service answering = saga.answering();
    long askingFrom = asking.endOfLog();
    long answeringFrom = answering.endOfLog();
    Outcome outcome =
        saga.through(
            "broker emptied",
            load -> {
              answering.endAll(); // events gather in its queue
              long gathered = load.published() + 300;
              until(() -> load.published() > gathered);
              long atLoss = asking.endOfLog();
              until(() -> asking.relayed() >= atLoss);
              saga.node().wipe();
              answering.start();
              until(() ->
                  saga.processes()
                      .allMatch(process -> error(process).contains("has lost what it had")));
              assertThat(answering.ledger().count(load.keys()))
                  .as("events that were confirmed and are not there")
                  .isLessThan(gathered);
              asking.setRelayBack(askingFrom);
              answering.setRelayBack(answeringFrom);
              saga.awaitHealthy();
              saga.node().syncTopology();
            });
    assertThat(outcome.repeated()).isPositive();
  }

  private static String error(ServiceProcess process) {
    return String.valueOf(process.relay().lastError());
  }

  @Test
  void connections_that_are_cut() throws Exception {
    Outcome outcome =
        saga.through(
            "connections cut, and refused",
            _ -> {
              saga.eachNetwork(network -> network.refuse(true));
              saga.eachNetwork(TcpProxy::cut);
              until(() ->
                  saga.processes()
                      .allMatch(process ->
                          process.relay().state().equals("probing")
                              && process.intake().state().equals("probing")));
              saga.eachNetwork(network -> network.refuse(false));
            });
    assertThat(outcome.reconnects()).isGreaterThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void half_open_connections_that_heartbeats_find() throws Exception {
    saga.shortenHeartbeat();
    long missed = saga.missedHeartbeats();
    long before = affected();
    Outcome outcome =
        saga.through(
            "connections half open",
            _ -> {
              saga.eachNetwork(TcpProxy::forget);
              assertThat(affected() - before).isGreaterThanOrEqualTo(CONNECTIONS);
            });
    assertThat(outcome.reconnects()).isGreaterThanOrEqualTo(CONNECTIONS);
    assertThat(saga.missedHeartbeats()).as("found by the broker, too").isGreaterThan(missed);
  }

  @Test
  void a_slow_network() throws Exception {
    long before = affected();
    saga.through(
        "network slow, 100 ms each way",
        load -> {
          saga.eachNetwork(network -> network.delay(Duration.ofMillis(100)));
          assertThat(affected() - before).isGreaterThanOrEqualTo(CONNECTIONS);
          long answered = saga.asking().ledger().count(load.keys());
          until(() -> saga.asking().ledger().count(load.keys()) > answered + 500);
          saga.eachNetwork(network -> network.delay(Duration.ZERO));
        });
  }

  private static long affected() {
    return saga.processes().mapToLong(process -> process.toBroker().affected()).sum();
  }

  @Test
  void a_broker_that_is_short_of_memory() throws Exception {
    saga.through(
        "memory alarm",
        load -> {
          saga.node().rabbitmqctl("set_vm_memory_high_watermark", "0");
          until(() -> saga.asking().first().relay().state().equals("blocked"));
          assertThat(saga.asking().first().relay().lastError()).contains("low on memory");
          long waiting = load.published() + 300;
          until(() -> load.published() > waiting);
          assertThat(saga.answering().ledger().count(load.keys())).isLessThan(waiting);
          saga.node().rabbitmqctl("set_vm_memory_high_watermark", "0.4");
        });
  }
}
