package dev.reserva.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProductTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Product MOUSE =
      new Product(
          UUID.randomUUID(),
          new Sku("MOUSE"),
          new ProductName("Mouse"),
          new Description("small"),
          Category.NONE,
          Money.of("10.00", "BRL"),
          ProductTaxRate.NONE,
          TaxCode.NONE,
          new MinStock(3),
          Backorder.DENIED,
          true,
          Bundle.NONE,
          7,
          NOW,
          NOW);

  @Test
  void a_change_counts_the_version_and_leaves_what_it_does_not_name() {
    var later = NOW.plusSeconds(5);
    var changed =
        MOUSE.changed(
            new Product.Change(null, new ProductName("Rat"), null, null, null, null, null), later);

    assertThat(changed.name().value()).isEqualTo("Rat");
    assertThat(changed.sku()).isEqualTo(MOUSE.sku());
    assertThat(changed.version()).isEqualTo(8);
    assertThat(changed.updatedAt()).isEqualTo(later);
  }

  @Test
  void a_change_to_the_same_values_changes_nothing() {
    var same = new Product.Change(null, MOUSE.name(), null, null, MOUSE.price(), null, true);

    assertThat(MOUSE.changed(same, NOW.plusSeconds(5))).isSameAs(MOUSE);
  }

  @Test
  void an_empty_description_is_none() {
    assertThat(new Description("  ").orNull()).isNull();
    assertThat(new Category("").orNull()).isNull();
    assertThat(new Category(" Toys ").orNull()).isEqualTo("Toys");
  }

  @Test
  void skus_that_look_alike_have_one_key_and_upper_and_lower_case_have_two() {
    assertThat(Sku.parse("\uff21\uff11").key()).isEqualTo(Sku.parse("A1").key());
    assertThat(Sku.parse("A1").key()).isNotEqualTo(Sku.parse("a1").key());
    assertThat(Sku.parse(" A1 ")).hasToString("A1");
  }

  @Test
  void a_stored_sku_is_read_even_if_it_is_no_longer_valid() {
    assertThat(new Sku("a\u200bb").value()).isEqualTo("a\u200bb");
    assertThatThrownBy(() -> Sku.parse("a\u200bb"))
        .hasMessage(
            "sku must have no control, format, private-use or invisible characters, had U+200B at 1");
  }

  @Test
  void values_name_their_bounds() {
    assertThatThrownBy(() -> Sku.parse(" ")).hasMessage("sku must have 1..64 characters, had 0");
    assertThatThrownBy(() -> new MinStock(-1)).hasMessage("minStock must be 0 or more, was -1");
    assertThatThrownBy(() -> new PhysicalStock(-1)).hasMessage("stock must be 0 or more, was -1");
    assertThatThrownBy(() -> new Quantity(0)).hasMessage("quantity must be 1 or more, was 0");
    assertThatThrownBy(() -> new TimeToLive(86_401))
        .hasMessage("ttlSeconds must be 1..86400, was 86401");
    assertThatThrownBy(() -> new TimeToLive(0)).hasMessage("ttlSeconds must be 1..86400, was 0");
    assertThat(new TimeToLive(1).seconds()).isEqualTo(1);
    assertThat(new TimeToLive(86_400).seconds()).isEqualTo(86_400);
    assertThat(new Sku("🐭".repeat(64)).value()).hasSize(128);
    assertThatThrownBy(() -> new Sku("🐭".repeat(65)))
        .hasMessage("sku must have 1..64 characters, had 65");
    assertThat(new MinStock(0).value()).isZero();
    assertThat(new PhysicalStock(0).value()).isZero();
    assertThat(TimeToLive.of(Duration.ofMinutes(15)).seconds()).isEqualTo(900);
    assertThat(new ProductName("Мышь 🐭").value()).isEqualTo("Мышь 🐭");
  }
}
