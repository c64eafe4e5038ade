package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.harness.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GrowthTest {
  private static final ForeignCpu QUIET = new ForeignCpu(1, 0, 0);

  @Test
  void so_many_copies_are_made_that_the_wanted_number_is_reached() {
    assertThat(Copies.copies(10_000, 1_000_000)).isEqualTo(99);
    assertThat(Copies.copies(30_000, 1_000_000)).isEqualTo(33);
    assertThat(Copies.copies(10_000, 10_000)).isZero();
    assertThat(Copies.copies(20_000, 10_000)).isZero();
  }

  @Test
  void fewer_than_the_first_half_has_are_refused() {
    assertThatThrownBy(() -> new Growth(Plan.shortened(), Path.of("server.jar"), List.of(), 9_999))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("stored orders must be 10000 or more, were 9999");
  }

  @Test
  void both_costs_are_shown() {
    Latency millis = new Latency(1, 2, 3, 4, 5);
    Growth.Figures figures =
        new Growth.Figures(
            "2026-11-22T16:00:00Z",
            "abc123",
            new Machine("Fast One", 2, 8192, "Linux 6", "25", 0.5),
            true,
            128,
            List.of(
                new Growth.Point(false, 10_000, 5_000, 900, millis, 500, 400, 9_000, 0, 30, QUIET),
                new Growth.Point(
                    true, 1_000_000, 4_900, 890, millis, 505, 410, 9_100, 0.5, 30, QUIET)),
            120,
            16);

    assertThat(figures.fileName()).isEqualTo("2026-11-22-abc123-growth-quick.json");
    assertThat(figures.table())
        .contains("10000 stored, cold:   900 orders/s")
        .contains("1000000 stored, warm:   890 orders/s")
        .contains("0.5 rows read in sequence");
    JsonNode json = JsonMapper.shared().readTree(figures.json());
    assertThat(json.at("/points/1/storedOrders").asLong()).isEqualTo(1_000_000);
    assertThat(json.at("/points/0/databaseMicros").asDouble()).isEqualTo(400);
  }
}
