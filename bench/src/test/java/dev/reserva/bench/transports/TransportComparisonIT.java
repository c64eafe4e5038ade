package dev.reserva.bench.transports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.bench.ComparedPhase;
import dev.reserva.bench.Plan;
import dev.reserva.cluster.Service;
import dev.reserva.cluster.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short form of the comparison, with a real broker and the packaged programs. */
class TransportComparisonIT {
  private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1");
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final Plan PLAN =
      new Plan(
          true,
          20,
          List.of(4),
          1,
          LONG_ENOUGH,
          LONG_ENOUGH,
          LONG_ENOUGH,
          SHORT,
          SHORT,
          3,
          SHORT,
          64,
          SHORT);

  @Test
  void a_split_system_on_rabbitmq_is_measured_in_turn_with_one_process_and_beside_its_broker()
      throws Exception {
    Programs programs =
        new Programs(
            packaged("../server/target/reserva-server.jar"),
            null,
            packaged("../broker-tools/target/lib"));
    SystemKind split = new SystemKind(Transport.RABBITMQ, true);

    TransportResults results =
        new TransportComparison(PLAN, List.of(split), programs, "commit", OPTIONS).run();

    assertThat(results.systems())
        .singleElement()
        .satisfies(system -> {
          assertThat(system.name()).isEqualTo("split, rabbitmq");
          assertThat(system.processes()).isEqualTo(Service.values().length + 1);
          assertThat(system.phases())
              .singleElement()
              .satisfies(phase ->
                  assertThat(phase.figures())
                      .extracting(ComparedPhase.Figure::name)
                      .contains(
                          "orders/s",
                          "CPU µs/order",
                          "sales µs/order",
                          "gateway µs/order",
                          "rabbitmq µs/order",
                          "postgres µs/order"));
          assertThat(system.phases().getFirst().figures().getFirst().ratio()).isNotNull();
          assertThat(system.traffic().messagesPerOrder()).isBetween(7.0, 20.0);
          assertThat(system.traffic().limit()).isNotNull();
          assertThat(system.traffic().percentOfLimit()).isPositive();
          assertThat(system.verified().integrity()).isTrue();
          assertThat(system.verified().confirmed()).isPositive();
        });
    assertThat(results.reference().integrity()).isTrue();
  }

  private static Path packaged(String file) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    assertThat(Files.exists(path)).as("packaged before: " + path).isTrue();
    return path;
  }
}
