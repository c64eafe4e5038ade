package dev.reserva.operations.adapters.web;

import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.ReadStatistics.Statistics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/stats}. */
@Tag(name = "stats", description = "What is going on.")
@RestController
public final class StatisticsController {

  private final ReadStatistics readStatistics;

  public StatisticsController(ReadStatistics readStatistics) {
    this.readStatistics = readStatistics;
  }

  @Operation(
      summary = "Tell what is going on",
      description =
          "Rates of events, orders by status, queues and workers; `broker` tells of the relay and the intakes where a broker joins databases.")
  @GetMapping("/api/stats")
  Statistics statistics() {
    return readStatistics.read();
  }
}
