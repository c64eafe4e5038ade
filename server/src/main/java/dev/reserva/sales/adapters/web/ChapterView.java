package dev.reserva.sales.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.sales.application.TellHistory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of an order's history.
 *
 * @param causationId absent (written as null) for what a request began
 * @param byHand true where somebody published the event by hand, else left out
 */
public record ChapterView(
    Instant at,
    UUID eventId,
    @Schema(example = "sales.order.created") String type,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String from,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String to,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
    @Nullable UUID causationId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean byHand) {

  static ChapterView of(TellHistory.Chapter chapter) {
    return new ChapterView(
        chapter.at(),
        chapter.eventId(),
        chapter.type(),
        chapter.from(),
        chapter.to(),
        chapter.reason(),
        chapter.causationId(),
        chapter.byHand() ? true : null);
  }
}
