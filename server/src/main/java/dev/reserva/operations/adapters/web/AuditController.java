package dev.reserva.operations.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.OperationsEvent.AuditChange;
import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.contracts.Text;
import dev.reserva.messaging.PayloadCodec;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.application.AuditRecords;
import dev.reserva.operations.application.AuditRecords.Chained;
import dev.reserva.operations.application.AuditRecords.Filter;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/audit}: one item for each command and security event, newest first. Several items
 * can come from one record of the chain; a cursor is the place of an item, {@code
 * <sequence>.<entry>}.
 */
@Tag(name = "audit", description = "Who did what.")
@RestController
public final class AuditController {

  private static final int MAX_LENGTH = 200;
  private static final Pattern PLACE = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,3})");

  /** PostgreSQL knows no later time. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final AuditRecords records;
  private final PayloadCodec codec;
  private final Transactions transactions;

  public AuditController(AuditRecords records, PayloadCodec codec, Transactions transactions) {
    this.records = records;
    this.codec = codec;
    this.transactions = transactions;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Change(
      @Schema(example = "price") String field,
      @Schema(example = "1500.00 BRL") @Nullable String before,
      @Schema(example = "1400.00 BRL") @Nullable String after) {

    static Change of(AuditChange change) {
      return new Change(change.field(), change.before(), change.after());
    }
  }

  /** A command or a security event. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      @Schema(description = "When it happened; of several equal ones, the first.") Instant at,
      @Schema(description = "Who did it.", example = "ana.lima") String actor,
      @Schema(example = "staff") String actorKind,
      List<String> roles,
      @Schema(description = "The client's network address.", example = "192.0.2.7") String address,
      @Schema(example = "inventory.product.update") String action,
      @Schema(description = "Id or name of what it was done to.") @Nullable String subject,
      @Schema(description = "How many equal ones this item stands for.") int times,
      @Schema(description = "What was changed, with its values before and after.")
          List<Change> changes,
      String correlationId,
      @Schema(description = "The event that reported it.") UUID eventId,
      Instant recordedAt,
      @Schema(description = "The number of its record in the chain.") long sequence,
      @Schema(
              description = "SHA-256 over its record and the hash before it.",
              example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
          String hash) {}

  /** A place in the list: an entry of a record. */
  private record Place(long sequence, int entry) {

    static final Place FIRST = new Place(Long.MAX_VALUE, Integer.MAX_VALUE);

    static Place parse(String text) {
      Matcher place = PLACE.matcher(text);
      if (!place.matches()) {
        throw PageRequest.foreign();
      }
      return new Place(Long.parseLong(place.group(1)), Integer.parseInt(place.group(2)));
    }

    boolean precedes(long otherSequence, int otherEntry) {
      return otherSequence < sequence || (otherSequence == sequence && otherEntry < entry);
    }

    @Override
    public String toString() {
      return sequence + "." + entry;
    }
  }

  /** An item with its place. */
  private record Placed(Place place, Item item) {}

  @Operation(
      summary = "Search the audit trail",
      description = "Newest first: every command of staff and API keys, every security event.")
  @Input(name = "actor", what = "Only what this user, customer or API key did.")
  @Input(
      name = "action",
      what = "Only this action, such as `inventory.product.update`, or several: `security.*`.")
  @Input(name = "subject", what = "Only what was done to this id or name.")
  @Input(name = "from", type = Instant.class, what = "Only what was recorded then or later.")
  @Input(name = "to", type = Instant.class, what = "Only what was recorded before this time.")
  @GetMapping("/api/audit")
  Page<Item> search(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      PageRequest page) {
    var errors = new InputErrors();
    Filter filter =
        new Filter(
            errors.parameter("actor", actor, text -> line("actor", text)),
            errors.parameter("action", action, text -> line("action", text)),
            errors.parameter("subject", subject, text -> line("subject", text)),
            errors.parameter("from", from, AuditController::time),
            errors.parameter("to", to, AuditController::time));
    errors.throwIfAny();
    Place after = page.after() == null ? Place.FIRST : Place.parse(page.after());
    // Every record has at least one item that fits, except the one in which the page begins.
    int limit = page.limit() + 2;
    List<Chained> found =
        transactions.snapshot(tx -> records.find(filter, after.sequence(), limit, tx));
    List<Placed> items = new ArrayList<>();
    for (Chained record : found) {
      addItems(record, filter.subject(), after, page.limit() + 1, items);
    }
    return Page.of(items, page, one -> one.place().toString()).map(Placed::item);
  }

  /** Adds the items of a record, the last entry first, until there are as many as wanted. */
  private void addItems(
      Chained chained, @Nullable String subject, Place after, int wanted, List<Placed> items) {
    AuditRecorded fact = codec.decode(chained.record().data(), AuditRecorded.class);
    long sequence = chained.link().sequence();
    for (int i = fact.entries().size() - 1; i >= 0 && items.size() < wanted; i--) {
      AuditEntry entry = fact.entries().get(i);
      if (after.precedes(sequence, i) && (subject == null || subject.equals(entry.subject()))) {
        items.add(new Placed(new Place(sequence, i), item(chained, fact, entry)));
      }
    }
  }

  private static Item item(Chained chained, AuditRecorded fact, AuditEntry entry) {
    return new Item(
        entry.at(),
        fact.actor(),
        fact.actorKind(),
        fact.roles(),
        fact.address(),
        fact.action(),
        entry.subject(),
        entry.times(),
        entry.changes().stream().map(Change::of).toList(),
        entry.correlationId(),
        chained.record().eventId(),
        chained.record().recordedAt(),
        chained.link().sequence(),
        chained.link().hash());
  }

  private static String line(String field, String text) {
    return Text.line(field, text, 1, MAX_LENGTH);
  }

  private static Instant time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
        throw new IllegalArgumentException(
            "must be a time from %s to %s".formatted(Instant.EPOCH, LATEST));
      }
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z", e);
    }
  }
}
