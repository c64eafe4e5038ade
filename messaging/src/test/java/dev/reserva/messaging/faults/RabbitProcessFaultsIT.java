package dev.reserva.messaging.faults;

import static dev.reserva.messaging.faults.Saga.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.faults.Ledger.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that RabbitMQ joins fail under load: nothing is lost, doubled or overtaken. */
class RabbitProcessFaultsIT {

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
  void relays_that_are_set_back_to_the_beginning() throws Exception {
    Outcome outcome =
        saga.through(
            "relays set back to the beginning",
            _ -> {
              saga.asking().setRelayBack(0);
              saga.answering().setRelayBack(0);
            });
    assertThat(outcome.repeated()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void a_process_that_dies(Step step) throws Exception {
    Service service = step.isOfRelay() ? saga.asking() : saga.answering();
    Outcome outcome =
        saga.through(
            "process dies " + step,
            _ -> {
              ServiceProcess dying = service.first();
              dying.broker().dieAt(step);
              until(() -> !dying.isAlive());
              service.end(dying);
              service.expireLeases();
              service.start();
            });
    assertThat(outcome.reconnects()).isGreaterThanOrEqualTo(2);
    if (step == Step.AFTER_CONFIRM || step == Step.AFTER_COMMIT) {
      assertThat(outcome.repeated()).isPositive();
    }
  }

  @Test
  void one_of_two_processes_of_each_service_that_is_killed() throws Exception {
    List<Service> services = List.of(saga.asking(), saga.answering());
    for (Service service : services) {
      service.start();
    }
    saga.through(
        "one of two processes killed",
        _ -> {
          for (Service service : services) {
            ServiceProcess killed = service.first();
            assertThat(killed.relay().state()).isEqualTo("running");
            assertThat(service.last().relay().state()).isEqualTo("standby");
            killed.kill();
          }
          for (Service service : services) {
            until(() -> service.last().relay().state().equals("running"));
            until(() -> service.last().intake().imported() > 0);
            service.end(service.first());
          }
        });
  }

  @Test
  void a_rolling_restart() throws Exception {
    List<Service> services = List.of(saga.asking(), saga.answering());
    for (Service service : services) {
      service.start();
    }
    saga.through(
        "rolling restart of two processes each",
        _ -> {
          for (int round = 0; round < 2; round++) {
            for (Service service : services) {
              ServiceProcess old = service.first();
              service.end(old);
              assertThat(old.isAlive()).isFalse();
              service.start();
            }
          }
          for (Service service : services) {
            service.end(service.first());
          }
        });
  }

  @Test
  void a_consumer_that_stops_for_longer_than_its_heartbeat() throws Exception {
    saga.shortenHeartbeat();
    Service answering = saga.answering();
    ServiceProcess stopped = answering.first();
    ServiceProcess other = answering.start();
    long missed = saga.missedHeartbeats();
    Outcome outcome =
        saga.through(
            "consumer stopped beyond its heartbeat",
            _ -> {
              stopped.toBroker().hold(true);
              until(() -> other.intake().imported() > 0);
              assertThat(saga.missedHeartbeats()).isGreaterThan(missed);
              stopped.toBroker().hold(false);
            });
    assertThat(outcome.reconnects()).isPositive();
  }

  /**
   * The effects of the consuming service after the backup are gone with its database. It makes them
   * again, and publishes its events again, as new ones.
   */
  @Test
  void a_database_that_is_restored_from_a_backup() throws Exception {
    Service asking = saga.asking();
    Service answering = saga.answering();
    Outcome outcome =
        saga.judged(
            "database restored",
            load -> {
              ServiceDatabase backup = answering.backup();
              long after = load.published() + 300;
              until(() -> answering.ledger().count(load.keys()) > after);

              answering.endAll();
              saga.node().rabbitmqctl("-p", "reserva", "delete_queue", answering.queue());
              answering.restore(backup);
              answering.expireLeases();
              asking.setRelayBack(0);
              until(() ->
                  String.valueOf(asking.first().relay().lastError()).contains("has no queue"));
              assertThat(answering.ledger().count(load.keys()))
                  .as("effects of then")
                  .isLessThan(after);
              answering.start();
            });
    assertThat(outcome.answering()).isEqualTo(Verdict.CLEAN);
    assertThat(outcome.asking().lost()).isZero();
    assertThat(outcome.asking().doubled()).as("answered again").isPositive();
    assertThat(outcome.repeated()).as("what the backup has").isPositive();
  }
}
