package dev.reserva.operations.adapters.members;

import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.operations.application.LogPart;
import dev.reserva.operations.application.LogPart.LogPage;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.ReadStatistics.Statistics;
import dev.reserva.operations.domain.Health;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/operations}: what operators may see of the database of this process. */
@Hidden
@RestController
public final class MemberEndpoints {

  public static final String STATISTICS = "/internal/operations/stats";
  public static final String HEALTH = "/internal/operations/health";
  public static final String EVENTS = "/internal/operations/events";
  public static final String END = "/internal/operations/events/end";

  private static final int MOST_EVENTS = 200;

  private final ReadStatistics readStatistics;
  private final ReadHealth readHealth;
  private final LogPart log;

  public MemberEndpoints(ReadStatistics readStatistics, ReadHealth readHealth, LogPart log) {
    this.readStatistics = readStatistics;
    this.readHealth = readHealth;
    this.log = log;
  }

  /** The position of the log's last event. */
  record End(long end) {}

  @GetMapping(STATISTICS)
  Statistics statistics() {
    return readStatistics.readOwn();
  }

  @GetMapping(HEALTH)
  Health health() {
    return readHealth.readOwn();
  }

  @GetMapping(EVENTS)
  LogPage events(
      @RequestParam(required = false) @Nullable UUID subject,
      @RequestParam(required = false) @Nullable UUID key,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String correlationId,
      @RequestParam long after,
      @RequestParam int limit) {
    if (limit < 1 || limit > MOST_EVENTS) {
      throw Problem.invalid("?limit", "must be 1..%d, was %d".formatted(MOST_EVENTS, limit));
    }
    return log.search(new Filter(subject, key, type, correlationId, true), after, limit);
  }

  @GetMapping(END)
  End end() {
    return new End(log.end());
  }
}
