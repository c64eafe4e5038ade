package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.application.ImportProducts;
import dev.reserva.inventory.application.ImportProducts.Fate;
import dev.reserva.inventory.application.ImportProducts.Row;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.Upload;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue as CSV. */
@Tag(name = "inventory")
@RestController
public final class ProductFilesController {

  static final String CSV = "text/csv";

  /** Lines of one transaction. */
  private static final int CHUNK = 500;

  private final Commands commands;
  private final Transactions transactions;
  private final Products products;
  private final ImportProducts importProducts;

  public ProductFilesController(
      Commands commands,
      Transactions transactions,
      Products products,
      ImportProducts importProducts) {
    this.commands = commands;
    this.transactions = transactions;
    this.products = products;
    this.importProducts = importProducts;
  }

  @Operation(
      summary = "Create and update products from a CSV file",
      description =
          "A heading names the columns: sku, and any of name, description, category, price,"
              + " currency, stock, minStock, active. In UTF-8, separated by commas or semicolons,"
              + " at most 100,000 lines and 32 MiB. Products are found by their SKU. An empty field"
              + " keeps what a product has; stock counts for new products only. No column names the"
              + " parts of a bundle: it keeps them, and a new one is created by itself. A line with an"
              + " error changes nothing; the others are applied, 500 in a transaction. The same"
              + " file again changes nothing.",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(mediaType = CSV, schema = @Schema(type = "string"))))
  @Answers(body = ImportReport.View.class)
  @Input(name = "dryRun", what = "Only tells what would become of the lines.")
  @PostMapping(path = "/api/inventory/products/import", consumes = CSV)
  public ResponseEntity<?> importProducts(
      Upload upload,
      @RequestParam(required = false) @Nullable Boolean dryRun,
      RequestContext request) {
    ProductFile file = ProductFile.checked(upload);
    boolean applies = !Boolean.TRUE.equals(dryRun);
    var report = new ImportReport();
    var pending = new Pending(report, applies, request);
    file.forEach(pending::add);
    pending.flush();
    ImportReport.View view = report.view();
    // The lines are applied by now. The key of the request only keeps the answer.
    return commands.execute(
        request,
        tx ->
            applies
                ? Answer.ok(view)
                    .recorded(
                        "inventory.product.import",
                        "products",
                        Changes.now("created", view.created())
                            .and("updated", null, view.updated())
                            .and("unchanged", null, view.unchanged())
                            .and("refused", null, view.refused()))
                : Answer.ok(view));
  }

  /** The lines of the next transaction. */
  private final class Pending {
    private final ImportReport report;
    private final boolean applies;
    private final RequestContext request;
    private final List<Row> rows = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();

    /** By the key of a SKU, the line that names it. */
    private final Map<String, Long> seen = new HashMap<>();

    Pending(ImportReport report, boolean applies, RequestContext request) {
      this.report = report;
      this.applies = applies;
      this.request = request;
    }

    void add(ProductFile.Line line) {
      ProductRows.Parsed parsed = ProductRows.parse(line.fields());
      Row row = parsed.row();
      if (row == null) {
        report.refused(line.number(), parsed.wrong());
        return;
      }
      Long earlier = seen.putIfAbsent(row.sku().key(), line.number());
      if (earlier != null) {
        report.refused(
            line.number(),
            List.of(new ProductRows.Wrong("sku", "is in line %d already".formatted(earlier))));
        return;
      }
      rows.add(row);
      lines.add(line.number());
      if (rows.size() == CHUNK) {
        flush();
      }
    }

    void flush() {
      if (rows.isEmpty()) {
        return;
      }
      List<Fate> fates =
          applies
              ? transactions.call(
                  tx -> importProducts.apply(rows, request.actor().name(), request.cause(), tx))
              : transactions.snapshot(tx -> importProducts.tryOut(rows, tx));
      for (int i = 0; i < fates.size(); i++) {
        report.add(lines.get(i), fates.get(i));
      }
      rows.clear();
      lines.clear();
    }
  }

  @Operation(
      summary = "Export products as a CSV file",
      description =
          "As the import reads it, newest first. The stock of a bundle is empty. A text that a spreadsheet would take for a formula"
              + " begins with an apostrophe, which the import removes.")
  @Answers(body = String.class, mediaType = CSV)
  @GetMapping(path = "/api/inventory/products/export", produces = CSV)
  public void export(HttpServletResponse response) throws IOException {
    response.setContentType(CSV + ";charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"products.csv\"");
    var printer = new CSVPrinter(response.getWriter(), CSVFormat.RFC4180);
    printer.printRecord(ProductFile.COLUMNS);
    UUID before = null;
    List<StockedProduct> page;
    do {
      UUID last = before;
      page = transactions.snapshot(tx -> products.list(Products.Filter.ANY, last, CHUNK, tx));
      for (StockedProduct product : page) {
        printer.printRecord(ProductRows.fields(product));
      }
      before = page.isEmpty() ? before : page.getLast().product().id();
    } while (page.size() == CHUNK);
    printer.flush();
  }
}
