package dev.reserva.financial.adapters.web;

import dev.reserva.financial.application.FindReceivables;
import dev.reserva.financial.application.FindReceivables.AsOf;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/receivables} */
@Tag(name = "receivables", description = "What customers owe for their orders.")
@RestController
public final class ReceivablesController {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  /** Later times do not fit the database. */
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final FindReceivables findReceivables;
  private final Transactions transactions;

  public ReceivablesController(FindReceivables findReceivables, Transactions transactions) {
    this.findReceivables = findReceivables;
    this.transactions = transactions;
  }

  @Operation(summary = "List receivables")
  @Input(name = "orderId", what = "Only the receivable of this order.")
  @Input(name = "customerId", what = "Only receivables of this customer.")
  @Input(name = "status", type = ReceivableStatus.class, what = "Only receivables in this status.")
  @Input(
      name = "overdue",
      what = "Only receivables that are, or are not, open past their due date.")
  @Input(
      name = "dueBefore",
      type = Instant.class,
      what = "Only open receivables that are due before this time.")
  @GetMapping("/api/receivables")
  public Page<ReceivableView> list(
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable UUID customerId,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable Boolean overdue,
      @RequestParam(required = false) @Nullable String dueBefore,
      PageRequest page) {
    var errors = new InputErrors();
    ReceivableStatus wanted = errors.parameter("status", status, ReceivableStatus::parse);
    Instant before = errors.parameter("dueBefore", dueBefore, ReceivablesController::time);
    errors.throwIfAny();
    var filter = new Receivables.Filter(orderId, customerId, wanted, overdue, before);
    UUID after = page.before();
    AsOf<List<Receivable>> rows =
        transactions.snapshot(tx -> findReceivables.list(filter, after, page.limit() + 1, tx));
    return Page.of(rows.found(), page, receivable -> receivable.id().toString())
        .map(receivable -> ReceivableView.of(receivable, rows.now()));
  }

  @Operation(summary = "Get a receivable", description = "Its id is that of its order.")
  @GetMapping("/api/receivables/{id}")
  public ReceivableView get(@PathVariable UUID id) {
    return transactions
        .snapshot(tx -> findReceivables.one(id, tx))
        .map(row -> ReceivableView.of(row.found(), row.now()))
        .orElseThrow(() -> Problem.notFound("receivable", id));
  }

  @Operation(
      summary = "Sum up what is open by age",
      description = "For each currency, by how many days it is overdue.")
  @GetMapping("/api/receivables/ageing")
  public AgeingView ageing() {
    return AgeingView.of(transactions.snapshot(findReceivables::ageing));
  }

  private static Instant time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw new IllegalArgumentException(
            "must be a time from %s to %s".formatted(EARLIEST, LATEST));
      }
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z", e);
    }
  }
}
