package dev.reserva.operations.adapters.web;

import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.ReadStatistics.Statistics;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/stats}. */
@RestController
public final class StatisticsController {

  private final ReadStatistics readStatistics;

  public StatisticsController(ReadStatistics readStatistics) {
    this.readStatistics = readStatistics;
  }

  @GetMapping("/api/stats")
  Statistics statistics() {
    return readStatistics.read();
  }
}
