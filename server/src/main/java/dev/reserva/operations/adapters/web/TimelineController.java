package dev.reserva.operations.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.operations.application.FindStuckOrders;
import dev.reserva.operations.application.FindStuckOrders.Found;
import dev.reserva.operations.application.ReadTimeline;
import dev.reserva.operations.application.ReadTimeline.Timeline;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.operations.domain.StuckOrder;
import dev.reserva.operations.domain.TimelineEntry;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/orders/{id}/timeline} and {@code /api/orders/stuck}: what the whole system knows of
 * orders. A cursor of a timeline is the number of entries before the page, and the id of the last
 * of them.
 */
@Tag(name = "orders", description = "Orders, from placement to their final state.")
@RestController
public final class TimelineController {

  private static final Pattern PLACE = Pattern.compile("([0-9]{1,4})\\.(.{1,200})");

  private final ReadTimeline readTimeline;
  private final FindStuckOrders findStuckOrders;
  private final JsonMapper json;

  public TimelineController(
      ReadTimeline readTimeline, FindStuckOrders findStuckOrders, JsonMapper json) {
    this.readTimeline = readTimeline;
    this.findStuckOrders = findStuckOrders;
    this.json = json;
  }

  /** A page of a timeline, oldest first. */
  record TimelinePage(
      List<EntryView> items,
      @Nullable String nextCursor,
      @Schema(
              description =
                  "Whether the order has more entries than are read of one order, of which the"
                      + " first 1,000 are shown.")
          boolean truncated) {}

  /** One thing that happened to an order. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EntryView(
      @Schema(description = "By the clock of the service that has it on record.") Instant at,
      @Schema(
              allowableValues = {
                "command",
                "event",
                "stock",
                "payment",
                "refund",
                "shipment",
                "return",
                "retry",
                "dead_letter",
                "notification",
                "webhook"
              })
          String kind,
      @Schema(example = "inventory") String service,
      @Schema(description = "Of the event, payment, shipment, delivery and so on.") String id,
      @Schema(
              description =
                  "Of an event its type, of a command its action; of anything else the type of the"
                      + " event that announced it, or a name of its own.",
              example = "inventory.stock.reserved")
          String type,
      @Schema(description = "The event that caused it.") @Nullable UUID causationId,
      @Schema(description = "Who did it, if a person or a program did.", example = "ana.lima")
          @Nullable String actor,
      @Schema(description = "What happened, in one sentence.", example = "Order paid.")
          String summary,
      @Schema(description = "The facts. Their members depend on kind and type.") JsonNode data) {}

  /** An order that does not get on. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StuckView(
      @Schema(description = "As `GET /api/orders` shows it.") JsonNode order,
      @Schema(
              description = "The cause, in one sentence.",
              example = "It waits for inventory to reserve its lines.")
          String waitsFor,
      @Schema(description = "Its last change; without a deadline, when the event failed.")
          Instant since,
      @Schema(description = "When it fails. Absent if its status has no deadline.")
          @Nullable Instant until,
      @Nullable BlockadeView blockedBy,
      @Schema(
              description = "What would help, in one sentence.",
              example = "Remind the buyer to pay, or cancel the order.")
          String remedy) {}

  /** The event that an order waits behind. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BlockadeView(
      @Schema(allowableValues = {"dead_letter", "retry"}) String kind,
      @Schema(description = "Of the dead letter, or of the parked event.") UUID id,
      @Schema(example = "inventory") String subscription,
      UUID eventId,
      @Schema(example = "sales.order.paid") String eventType,
      @Schema(description = "How often the subscription has failed.") int attempts,
      @Schema(description = "When it is tried again. Absent for a dead letter.")
          @Nullable Instant dueAt,
      FailureView error,
      @Schema(description = "When it failed for the first time.") Instant since) {

    static BlockadeView of(Blockade it) {
      return new BlockadeView(
          it.isRetried() ? "retry" : "dead_letter",
          it.id(),
          it.subscription(),
          it.eventId(),
          it.eventType(),
          it.attempts(),
          it.dueAt(),
          new FailureView(it.errorType(), it.errorMessage()),
          it.since());
    }
  }

  record FailureView(String type, String message) {}

  @Operation(
      summary = "Get the timeline of an order",
      description =
          "All that happened to the order, from every service, causes before effects: commands of"
              + " staff with their callers, events, changes of stock, payments and what the"
              + " provider answered, refunds, shipments, returns, retries, dead letters,"
              + " notifications and webhooks. If a service cannot be asked, the answer is 503.")
  @GetMapping("/api/orders/{id}/timeline")
  TimelinePage timeline(@PathVariable UUID id, PageRequest page) {
    String after = page.after();
    Matcher place = after == null ? null : place(after);
    Timeline timeline = readTimeline.of(id).orElseThrow(() -> Problem.notFound("order", id));
    List<TimelineEntry> entries = timeline.entries();
    int from = place == null ? 0 : from(entries, place);
    int to = Math.min(from + page.limit(), entries.size());
    return new TimelinePage(
        entries.subList(from, to).stream().map(this::view).toList(),
        to == entries.size() ? null : page.cursor(to + "." + entries.get(to - 1).id()),
        timeline.truncated());
  }

  private static Matcher place(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches()) {
      throw PageRequest.foreign();
    }
    return place;
  }

  /**
   * The page begins after the last entry of the page before. If something came into the order
   * before it, that entry has moved; if it is no longer there, its number counts.
   */
  private static int from(List<TimelineEntry> entries, Matcher place) {
    int count = Integer.parseInt(place.group(1));
    String last = place.group(2);
    return IntStream.rangeClosed(1, entries.size())
        .filter(number -> entries.get(number - 1).id().equals(last) && number >= count)
        .findFirst()
        .orElse(Math.min(count, entries.size()));
  }

  private EntryView view(TimelineEntry entry) {
    return new EntryView(
        entry.at(),
        entry.kind().wire(),
        entry.service(),
        entry.id(),
        entry.type(),
        entry.causationId(),
        entry.actor(),
        entry.summary(),
        json.readTree(entry.data()));
  }

  @Operation(
      summary = "List the orders that are stuck",
      description =
          "Orders past half of the time that their status may last, and orders of which an event"
              + " failed, is retried or is a dead letter; with the cause and what would help. A"
              + " page can have fewer orders than the limit although there are more. If a service"
              + " cannot be asked, the answer is 503.")
  @GetMapping("/api/orders/stuck")
  Page<StuckView> stuck(PageRequest page) {
    FindStuckOrders.Page found = findStuckOrders.find(page.before(), page.limit());
    return new Page<>(
        found.orders().stream().map(this::view).toList(),
        found.next() == null ? null : page.cursor(found.next().toString()));
  }

  private StuckView view(Found found) {
    StuckOrder stuck = found.stuck();
    Blockade blockade = stuck.blockedBy();
    return new StuckView(
        json.readTree(found.order()),
        stuck.waitsFor(),
        stuck.since(),
        stuck.until(),
        blockade == null ? null : BlockadeView.of(blockade),
        stuck.remedy());
  }
}
