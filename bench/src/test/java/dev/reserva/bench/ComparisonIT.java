package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short form of all phases of a comparison, with the packaged server as both versions. */
class ComparisonIT {
  private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1");

  /** A server just started takes a second or more for its first orders on a busy machine. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final Plan PLAN =
      new Plan(
          true,
          20,
          List.of(1, 4),
          1,
          WARM_UP,
          LONG_ENOUGH,
          LONG_ENOUGH,
          SHORT,
          SHORT,
          3,
          SHORT,
          64,
          SHORT);

  @Test
  void every_figure_of_every_phase_is_measured_with_both_versions_and_all_orders_are_confirmed()
      throws Exception {
    Path jar = Path.of("../server/target/reserva-server.jar").toAbsolutePath().normalize();
    assertThat(Files.exists(jar)).as("packaged before: " + jar).isTrue();

    ComparisonResults results =
        new Comparison(PLAN, new Version("before", jar), new Version("after", jar), OPTIONS).run();

    assertThat(results.phases())
        .extracting(ComparedPhase::name)
        .containsExactly(
            "whole sagas, 1 clients",
            "whole sagas, 4 clients",
            "hot SKU, 4 clients",
            "accepted, 4 clients",
            "open loop at half of the old best",
            "idle, lone orders",
            "overload, 3 times the own best");
    assertThat(results.phases())
        .allSatisfy(phase -> assertThat(phase.foreignBefore()).hasSameSizeAs(phase.foreignAfter()))
        .flatExtracting(ComparedPhase::figures)
        .allSatisfy(figure -> assertThat(figure.turns()).hasSize(1));
    assertThat(results.phases().get(1).figures())
        .extracting(ComparedPhase.Figure::name)
        .contains("orders/s", "CPU µs/order", "commits/order", "WAL bytes/order");
    assertThat(results.phases().getFirst().figures().getFirst().ratio()).isNotNull();
    assertThat(results.verifiedBefore().integrity()).isTrue();
    assertThat(results.verifiedAfter().integrity()).isTrue();
    assertThat(results.verifiedAfter().confirmed()).isPositive();
  }
}
