package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A product's stock by location, over HTTP. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class StockLevelsController {

  private final Transactions transactions;
  private final Products products;
  private final Stocks stocks;

  public StockLevelsController(Transactions transactions, Products products, Stocks stocks) {
    this.transactions = transactions;
    this.products = products;
    this.stocks = stocks;
  }

  @Operation(
      summary = "Get a product's stock by location",
      description = "The locations that have held it, in the order in which they serve orders.")
  @GetMapping("/api/inventory/products/{id}/stock")
  public StockLevels get(@PathVariable UUID id) {
    return transactions
        .snapshot(tx ->
            products.find(id, tx).isEmpty()
                ? Optional.<List<StockLevel>>empty()
                : Optional.of(stocks.of(id, tx)))
        .map(levels -> new StockLevels(levels.stream().map(LevelView::of).toList()))
        .orElseThrow(() -> Problem.notFound("product", id));
  }

  /** {@code GET /api/inventory/products/{id}/stock} */
  record StockLevels(List<LevelView> items) {}

  record LevelView(
      @Schema(example = "MAIN") String location,
      @Schema(description = "The physical quantity.", example = "100") int stock,
      @Schema(example = "3") int reserved,
      @Schema(
              description =
                  "What orders can reserve here: stock less what is reserved and less the safety"
                      + " stock; 0 if the location is not active.",
              example = "92")
          int available,
      @Schema(description = "Physical stock that orders may not reserve.", example = "5")
          int safetyStock) {
    static LevelView of(StockLevel level) {
      return new LevelView(
          level.location().value(),
          level.physical(),
          level.reserved(),
          level.available(),
          level.safetyStock());
    }
  }
}
