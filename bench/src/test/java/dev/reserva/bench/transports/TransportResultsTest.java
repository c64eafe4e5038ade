package dev.reserva.bench.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.ComparedPhase;
import dev.reserva.bench.ForeignCpu;
import dev.reserva.bench.PhaseOutcome;
import dev.reserva.bench.Verified;
import dev.reserva.cluster.Transport;
import dev.reserva.harness.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TransportResultsTest {
  private static final ForeignCpu QUIET = new ForeignCpu(1, 1, 0);
  private static final Verified VERIFIED = new Verified(10, 0, 10, true, 9);

  @Test
  void each_transport_is_measured_in_one_process_and_split_but_the_reference_once() {
    assertThat(SystemKind.of(Set.of(Transport.values())))
        .extracting(SystemKind::title)
        .containsExactly(
            "one process, rabbitmq",
            "one process, kafka",
            "split, postgres",
            "split, rabbitmq",
            "split, kafka");
    assertThat(SystemKind.of(Set.of(Transport.POSTGRES)))
        .extracting(SystemKind::title)
        .containsExactly("split, postgres");
  }

  @Test
  void a_broker_needs_its_programs() {
    Programs none = new Programs(Path.of("server.jar"), null, null);

    none.requireFor(Transport.POSTGRES);
    assertThatThrownBy(() -> none.requireFor(Transport.RABBITMQ))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("--broker-tools");
    assertThatThrownBy(() -> none.requireFor(Transport.KAFKA))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("--kafka-broker");
  }

  @Test
  void the_brokers_limit_is_divided_by_the_messages_of_an_order() {
    Traffic traffic = Traffic.of(8, new BrokerLimit("tool", 16_000, 700), 500);

    assertThat(traffic.ordersPerSecondAtLimit()).isEqualTo(2_000);
    assertThat(traffic.percentOfLimit()).isEqualTo(25);
  }

  @Test
  void the_table_has_the_ratio_and_the_cpu_time_of_each_process() {
    assertThat(TransportReport.of(results()))
        .contains("split, rabbitmq (processes of the program: 6)")
        .containsPattern("whole sagas, 128 clients +orders/s +1000 +400 +0\\.40")
        .containsPattern("sales µs/order +– +250")
        .contains("8.00 of 700 bytes; tool alone: 16000 messages/s = 2000 orders/s")
        .contains("best rate is 20 % of it");
  }

  @Test
  void the_json_has_all_turns_and_is_named_by_date_and_commit() {
    JsonNode json = JsonMapper.shared().readTree(results().json());

    assertThat(json.at("/systems/0/phases/0/figures/0/turns/0/ratio").asDouble()).isEqualTo(0.4);
    assertThat(json.at("/systems/0/traffic/limit/messagesPerSecond").asDouble()).isEqualTo(16_000);
    assertThat(json.at("/reference/confirmed").asLong()).isEqualTo(10);
    assertThat(results().fileName()).isEqualTo("2026-11-27-abc123-transports-quick.json");
  }

  private static TransportResults results() {
    PhaseOutcome reference = new PhaseOutcome(Map.of("orders/s", 1000.0), 10, QUIET);
    PhaseOutcome system =
        new PhaseOutcome(
            new TreeMap<>(Map.of("orders/s", 400.0, "sales µs/order", 250.0)), 10, QUIET);
    SystemFigures figures =
        new SystemFigures(
            "split, rabbitmq",
            6,
            List.of(
                ComparedPhase.of("whole sagas, 128 clients", List.of(reference), List.of(system))),
            Traffic.of(8, new BrokerLimit("tool", 16_000, 700), 400),
            VERIFIED);
    return new TransportResults(
        "2026-11-27T10:00:00Z",
        "abc123",
        new Machine("cpu", 2, 1000, "Linux", "25", 0.1),
        new TransportResults.Settings(true, 1, 10, List.of(128), 1, 1, 1),
        List.of(figures),
        VERIFIED);
  }
}
