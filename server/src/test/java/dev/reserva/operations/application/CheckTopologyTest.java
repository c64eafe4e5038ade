package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Overloaded;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.TopologyInspection.Finding;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.operations.application.CheckTopology.Check;
import dev.reserva.operations.application.CheckTopology.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CheckTopologyTest {

  private static CheckTopology check(TopologyInspection inspection) {
    return new CheckTopology(
        "kafka",
        new CatalogueChecks(List.of(), Map.of(), _ -> Optional.empty(), Map.of()),
        Optional.of(inspection),
        List::of);
  }

  @Test
  void what_other_processes_find_is_joined_and_told_once() {
    Finding here = new Finding("queue a", "does not exist");
    Finding there = new Finding("queue b", "does not exist");
    var others =
        List.of(
            new Report(
                false,
                "kafka",
                List.of(
                    new Check("kafka.topics", false, 2, List.of(here, there)),
                    new Check("broker.answers", true, 1, List.of())),
                List.of("the moon", "the sun")));
    Report report =
        new CheckTopology(
                "kafka",
                new CatalogueChecks(List.of(), Map.of(), _ -> Optional.empty(), Map.of()),
                Optional.of(() ->
                    new TopologyInspection.Report(
                        List.of(new TopologyInspection.Check("kafka.topics", 3, List.of(here))),
                        List.of("the moon"))),
                () -> others)
            .check();

    assertThat(report.ok()).isFalse();
    assertThat(report.checks())
        .contains(
            new Check("kafka.topics", false, 5, List.of(here, there)),
            new Check("broker.answers", true, 2, List.of()));
    assertThat(report.unchecked()).containsExactly("the moon", "the sun");
  }

  @Test
  void a_finding_of_the_broker_fails_the_check() {
    Finding finding = new Finding("topic a", "does not exist");
    Report report =
        check(() ->
                new TopologyInspection.Report(
                    List.of(new TopologyInspection.Check("kafka.topics", 3, List.of(finding))),
                    List.of("the moon")))
            .check();

    assertThat(report.ok()).isFalse();
    assertThat(report.checks())
        .contains(
            new Check("kafka.topics", false, 3, List.of(finding)),
            new Check("broker.answers", true, 1, List.of()));
    assertThat(report.unchecked()).containsExactly("the moon");
  }

  @Test
  void a_broker_that_does_not_answer_is_a_finding() {
    DependencyUnavailable away =
        new BrokerUnavailable("nobody is there", new IllegalStateException());
    Report report =
        check(
                () -> {
                  throw away;
                })
            .check();

    assertThat(report.ok()).isFalse();
    assertThat(report.checks())
        .contains(
            new Check(
                "broker.answers", false, 1, List.of(new Finding("broker", "nobody is there"))));
  }

  @Test
  void one_check_runs_at_a_time() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CheckTopology slow =
        check(() -> {
          started.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new TopologyInspection.Report(List.of(), List.of());
        });
    AtomicReference<Report> first = new AtomicReference<>();
    Thread running = Thread.ofVirtual().start(() -> first.set(slow.check()));
    started.await();

    assertThatThrownBy(slow::check)
        .isInstanceOf(Overloaded.class)
        .hasMessage("a check of the topology is running");

    end.countDown();
    running.join();
    assertThat(first.get().ok()).isTrue();
    assertThat(slow.check().ok()).isTrue();
  }
}
