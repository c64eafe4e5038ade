package dev.reserva.inventory.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.inventory.application.ReadLedger;
import dev.reserva.inventory.application.ReadLedger.Line;
import dev.reserva.inventory.application.ReadLedger.Place;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.messaging.Transactions;
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
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The ledger of stock over HTTP. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class LedgerController {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,18})\\.(\\d{1,10})\\.(\\d{1,10})");

  private final Transactions transactions;
  private final ReadLedger readLedger;

  public LedgerController(Transactions transactions, ReadLedger readLedger) {
    this.transactions = transactions;
    this.readLedger = readLedger;
  }

  @Operation(
      summary = "List the changes of a product's stock",
      description = "Newest first: each change of the physical or the reserved quantity.")
  @GetMapping("/api/inventory/products/{id}/ledger")
  public Page<LedgerView> list(@PathVariable UUID id, PageRequest page) {
    Place from = page.after() == null ? null : place(page.after());
    List<Line> lines =
        transactions
            .snapshot(tx -> readLedger.read(id, from, page.limit() + 1, tx))
            .orElseThrow(() -> Problem.notFound("product", id));
    return Page.of(lines, page, line -> text(line.next())).map(LedgerView::of);
  }

  private static Place place(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches()) {
      throw PageRequest.foreign();
    }
    try {
      return new Place(
          Long.parseLong(place.group(1)),
          Integer.parseInt(place.group(2)),
          Integer.parseInt(place.group(3)));
    } catch (NumberFormatException e) {
      throw PageRequest.foreign();
    }
  }

  private static String text(Place place) {
    return "%d.%d.%d".formatted(place.before(), place.stock(), place.reserved());
  }

  /**
   * An entry as the API shows it.
   *
   * @param actor absent where no person changed the stock
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LedgerView(
      Instant at,
      @Schema(
              allowableValues = {
                "received",
                "adjusted",
                "reserved",
                "released",
                "expired",
                "confirmed",
                "returned",
                "transferred_out",
                "transferred_in"
              })
          String kind,
      @Schema(description = "Units; negative where a count took some away.", example = "3")
          int quantity,
      @Schema(example = "MAIN") String location,
      @Nullable UUID orderId,
      @Nullable String reason,
      @Schema(description = "Who received or counted the stock.", example = "ana.lima")
          @Nullable String actor,
      @Schema(description = "The physical quantity afterwards, at all locations.", example = "97")
          int stock,
      @Schema(description = "The reserved quantity afterwards, at all locations.", example = "0")
          int reserved) {

    static LedgerView of(Line line) {
      LedgerEntry entry = line.entry().entry();
      return new LedgerView(
          line.entry().at(),
          entry.kind().wire(),
          entry.units(),
          entry.location().value(),
          entry.orderId(),
          entry.reason(),
          entry.actor(),
          line.stock(),
          line.reserved());
    }
  }
}
