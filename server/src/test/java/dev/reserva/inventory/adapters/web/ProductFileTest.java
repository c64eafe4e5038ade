package dev.reserva.inventory.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.ImportProducts.Row;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductFileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sku,name,price,currency,stock\nMUG,\"Mug, \"\"blue\"\"\",12.5,BRL,3\n",
        "\uFEFFsku,name,price,currency,stock\r\nMUG,\"Mug, \"\"blue\"\"\",12.5,BRL,3",
        "stock;currency;price;name;sku\n3;BRL;12.50;\"Mug, \"\"blue\"\"\"; MUG \n\n",
      })
  void commas_semicolons_and_a_byte_order_mark_are_read(String csv) throws IOException {
    Row row = only(csv);

    assertThat(row.sku().value()).isEqualTo("MUG");
    assertThat(row.name()).isEqualTo(new ProductName("Mug, \"blue\""));
    assertThat(row.price()).isEqualTo(Money.of("12.50", "BRL"));
    assertThat(row.stock()).extracting("value").isEqualTo(3);
    assertThat(row.active()).isNull();
    assertThat(row.description()).isNull();
  }

  @Test
  void each_wrong_field_is_named_with_its_line() throws IOException {
    String csv =
        """
        sku,name,price,currency,stock,minStock,active
        A,"two
        lines",1,BRL,1,1,true
        B,B,1.234,BRL,-1,x,yes
        ,C,1,BRL,1,1,true
        D,D,1,,1,1,true
        E,E,1,ZZZ,1,1,true
        F,F
        """;
    List<Long> numbers = new ArrayList<>();
    List<List<String>> fields = new ArrayList<>();
    try (Upload upload = upload(csv)) {
      ProductFile.checked(upload)
          .forEach(line -> {
            numbers.add(line.number());
            fields.add(
                ProductRows.parse(line.fields()).wrong().stream()
                    .map(ProductRows.Wrong::field)
                    .toList());
          });
    }
    assertThat(numbers).containsExactly(2L, 4L, 5L, 6L, 7L, 8L);
    assertThat(fields)
        .containsExactly(
            List.of(),
            List.of("price", "stock", "minStock", "active"),
            List.of("sku"),
            List.of("currency"),
            List.of("price"),
            List.of(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name,price\nMug,1\n",
        "sku,colour\nMUG,blue\n",
        "sku,sku\nMUG,MUG\n",
        "sku,name\nMUG,\"never closed\n",
        "sku,name\nMUG,\"closed\"too early\n",
      })
  void what_is_no_file_of_products_is_refused_as_a_whole(String csv) throws IOException {
    try (Upload upload = upload(csv)) {
      assertThatThrownBy(() -> ProductFile.checked(upload))
          .isInstanceOfSatisfying(Problem.class, it -> assertThat(it.status()).isEqualTo(400));
    }
  }

  @Test
  void other_encodings_and_too_many_lines_are_refused_as_a_whole() throws IOException {
    byte[] latin = "sku,name\nA,B\nMUG,Caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    try (Upload upload = Upload.receive(new ByteArrayInputStream(latin), 1_000)) {
      assertThatThrownBy(() -> ProductFile.checked(upload)).hasMessageContaining("UTF-8");
    }
    String many = "sku\n" + "A\n".repeat(ProductFile.MOST_LINES + 1);
    try (Upload upload = upload(many)) {
      assertThatThrownBy(() -> ProductFile.checked(upload)).hasMessageContaining("at most 100,000");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@x", "'=1", "''=1", "'quoted'", "a,\"b\";c", "two\nlines"})
  void what_is_exported_is_imported_as_it_was_and_is_no_formula(String name) throws IOException {
    Product product =
        new Product(
            UUID.randomUUID(),
            new Sku("A-1"),
            new ProductName(name),
            Description.NONE,
            new Category("-"),
            Money.of("12.50", "BRL"),
            ProductTaxRate.parse("0.190"),
            new TaxCode("=books"),
            new MinStock(4),
            Backorder.DENIED,
            false,
            Bundle.NONE,
            1,
            Instant.EPOCH,
            Instant.EPOCH);
    var text = new StringWriter();
    try (var printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(ProductFile.COLUMNS);
      printer.printRecord(ProductRows.fields(new StockedProduct(product, 7, 0, 7, 0)));
    }

    assertThat(text.toString().split("\r\n", 2)[1]).doesNotContainPattern("(^|,)\"?[=+@-]");
    Row row = only(text.toString());
    assertThat(row.name()).isEqualTo(product.name());
    assertThat(row.category()).isEqualTo(product.category());
    assertThat(row.price()).isEqualTo(product.price());
    assertThat(row.taxRate()).isEqualTo(product.taxRate());
    assertThat(row.taxCode()).isEqualTo(product.taxCode());
    assertThat(row.active()).isFalse();
  }

  @Test
  void a_bundle_is_exported_without_stock_so_that_no_import_makes_a_plain_product_of_it()
      throws IOException {
    Product bundle =
        new Product(
            UUID.randomUUID(),
            new Sku("SET-1"),
            new ProductName("Set"),
            Description.NONE,
            Category.NONE,
            Money.of("12.50", "BRL"),
            ProductTaxRate.NONE,
            TaxCode.NONE,
            MinStock.NONE,
            Backorder.DENIED,
            true,
            Bundle.of(List.of(new Line(UUID.randomUUID(), 2))),
            1,
            Instant.EPOCH,
            Instant.EPOCH);
    var text = new StringWriter();
    try (var printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(ProductFile.COLUMNS);
      printer.printRecord(ProductRows.fields(new StockedProduct(bundle, 0, 0, 7, 0)));
    }

    assertThat(only(text.toString()).stock()).isNull();
  }

  private static Row only(String csv) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Upload upload = upload(csv)) {
      ProductFile.checked(upload)
          .forEach(line -> {
            ProductRows.Parsed parsed = ProductRows.parse(line.fields());
            assertThat(parsed.wrong()).isEmpty();
            rows.add(parsed.row());
          });
    }
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static Upload upload(String csv) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return Upload.receive(new ByteArrayInputStream(bytes), bytes.length);
  }
}
