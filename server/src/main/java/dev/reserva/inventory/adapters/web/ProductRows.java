package dev.reserva.inventory.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.ImportProducts.Row;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Products as lines of a CSV file. */
final class ProductRows {

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,10}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,4})?");

  /** What a spreadsheet takes for the beginning of a formula, after any apostrophes. */
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r]");

  private ProductRows() {}

  /** A field of a line that is wrong. */
  record Wrong(String field, String message) {}

  /**
   * A line as it was read.
   *
   * @param row absent if something is wrong
   */
  record Parsed(@Nullable Row row, List<Wrong> wrong) {}

  /** An empty field counts as absent. */
  static Parsed parse(CSVRecord line) {
    if (!line.isConsistent()) {
      return new Parsed(
          null,
          List.of(
              new Wrong(
                  "",
                  "must have %d fields as the heading, has %d"
                      .formatted(line.getParser().getHeaderNames().size(), line.size()))));
    }
    var fields = new Fields(line);
    Sku sku = fields.text("sku", Sku::parse);
    if (sku == null && fields.wrong.isEmpty()) {
      fields.wrong.add(new Wrong("sku", "is required"));
    }
    ProductName name = fields.text("name", ProductName::new);
    Description description = fields.text("description", Description::new);
    Category category = fields.text("category", Category::new);
    Money price = price(fields);
    ProductTaxRate taxRate = fields.value("taxRate", ProductTaxRate::parse);
    TaxCode taxCode = fields.text("taxCode", TaxCode::new);
    PhysicalStock stock = fields.value("stock", text -> new PhysicalStock(whole("stock", text)));
    MinStock minStock = fields.value("minStock", text -> new MinStock(whole("minStock", text)));
    Boolean active = fields.value("active", ProductRows::truth);
    return sku == null || !fields.wrong.isEmpty()
        ? new Parsed(null, fields.wrong)
        : new Parsed(
            new Row(
                sku, name, description, category, price, taxRate, taxCode, stock, minStock, active),
            List.of());
  }

  private static @Nullable Money price(Fields fields) {
    String amount = fields.get("price");
    String currency = fields.get("currency");
    if (amount == null && currency == null) {
      return null;
    }
    if (amount == null || currency == null) {
      fields.wrong.add(
          new Wrong(
              amount == null ? "price" : "currency", "price and currency are given together"));
      return null;
    }
    return fields.value(
        "price",
        text -> {
          if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("price must be a number such as 12.50");
          }
          return Money.of(text, currency);
        });
  }

  private static int whole(String field, String text) {
    if (!WHOLE.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s must be a whole number of 0..%d".formatted(field, Integer.MAX_VALUE));
    }
    return Integer.parseInt(text);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("active must be true or false");
    };
  }

  /** The fields of a product, in the order of {@link ProductFile#COLUMNS}. */
  static Object[] fields(StockedProduct stocked) {
    Product product = stocked.product();
    return new Object[] {
      guarded(product.sku().value()),
      guarded(product.name().value()),
      guarded(product.description().value()),
      guarded(product.category().value()),
      product.price().amount().toPlainString(),
      product.price().currency(),
      Objects.requireNonNullElse(product.taxRate().textOrNull(), ""),
      guarded(product.taxCode().value()),
      // Without a stock, the import does not make a plain product of a bundle that it does not
      // know.
      product.bundle().isNone() ? stocked.stock() : "",
      product.minStock().value(),
      product.active()
    };
  }

  /**
   * A text that no spreadsheet takes for a formula. One that would be has an apostrophe before it,
   * and so has one that would then look like it.
   */
  private static String guarded(String text) {
    return FORMULA.matcher(text).lookingAt() ? "'" + text : text;
  }

  private static String unguarded(String text) {
    return text.startsWith("'") && FORMULA.matcher(text).lookingAt() ? text.substring(1) : text;
  }

  /** Reads the fields of a line, and collects what is wrong with them. */
  private static final class Fields {
    private final CSVRecord line;
    private final List<Wrong> wrong = new ArrayList<>();

    Fields(CSVRecord line) {
      this.line = line;
    }

    @Nullable String get(String column) {
      String text = line.isMapped(column) ? line.get(column).strip() : "";
      return text.isEmpty() ? null : text;
    }

    <T> @Nullable T text(String column, Function<String, T> parser) {
      return value(column, text -> parser.apply(unguarded(text)));
    }

    <T> @Nullable T value(String column, Function<String, T> parser) {
      String text = get(column);
      try {
        return text == null ? null : parser.apply(text);
      } catch (IllegalArgumentException e) {
        wrong.add(new Wrong(column, String.valueOf(e.getMessage())));
        return null;
      }
    }
  }
}
