package dev.reserva.inventory.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.inventory.application.BundlesContract;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles on PostgreSQL, with the rules that the tables keep by themselves. */
class PostgresBundlesIT extends BundlesContract {

  private static final InventoryDatabase DATABASE = InventoryDatabase.fresh();

  PostgresBundlesIT() {
    super(DATABASE);
  }

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(DATABASE);
  }

  @Test
  void the_tables_refuse_parts_that_are_unknown_bundles_or_the_product_itself() {
    UUID part = product();
    UUID bundle = product();
    compose(bundle, part);

    for (UUID impossible : List.of(UUID.randomUUID(), bundle)) {
      UUID other = product();
      assertThatThrownBy(() -> compose(other, impossible))
          .hasStackTraceContaining("must be products that are no bundles");
    }
    UUID itself = product();
    assertThatThrownBy(() -> compose(itself, itself)).hasStackTraceContaining("product_bundle");
    assertThatThrownBy(() -> compose(part, product()))
        .hasStackTraceContaining("is a part of a bundle");
  }

  @Test
  void the_tables_refuse_a_part_that_is_named_twice() {
    UUID part = product();
    assertThatThrownBy(() -> compose(product(), part, part)).hasStackTraceContaining("each once");
  }

  @Test
  void the_tables_keep_a_bundle_without_stock() {
    UUID bundle = product();
    compose(bundle, product());

    assertThatThrownBy(() ->
            DATABASE
                .sql()
                .update(
                    "insert into inventory.stock (product_id, physical, reserved) values (?, 0, 0)",
                    bundle))
        .hasStackTraceContaining("has no stock of its own");
    UUID stocked = product();
    DATABASE
        .sql()
        .update(
            "insert into inventory.stock (product_id, physical, reserved) values (?, 0, 0)",
            stocked);
    assertThatThrownBy(() -> compose(stocked, product()))
        .hasStackTraceContaining("has stock levels of its own");
    assertThatThrownBy(() ->
            DATABASE
                .sql()
                .update(
                    "update inventory.product set bundle_products = null, bundle_quantities = null"
                        + " where id = ?",
                    bundle))
        .hasStackTraceContaining("remains a bundle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{0}", "{1000001}", "{1,1}", "{}"})
  void the_tables_refuse_impossible_quantities(String quantities) {
    UUID bundle = product();
    assertThatThrownBy(() ->
            DATABASE
                .sql()
                .update(
                    "update inventory.product set bundle_products = array[?::uuid],"
                        + " bundle_quantities = ?::int[] where id = ?",
                    product(),
                    quantities,
                    bundle))
        .hasStackTraceContaining("product_bundle");
    assertThat(
            DATABASE
                .sql()
                .queryForObject(
                    "select bundle_products is null from inventory.product where id = ?",
                    Boolean.class,
                    bundle))
        .isTrue();
  }

  private static void compose(UUID bundle, UUID... parts) {
    DATABASE
        .sql()
        .update(
            "update inventory.product set bundle_products = ?::uuid[], bundle_quantities ="
                + " array_fill(1, array[cardinality(?::uuid[])]) where id = ?",
            literal(parts),
            literal(parts),
            bundle);
  }

  private static String literal(UUID... parts) {
    return "{" + String.join(",", List.of(parts).stream().map(UUID::toString).toList()) + "}";
  }

  /** A product without a row of stock. */
  private static UUID product() {
    UUID id = UUID.randomUUID();
    DATABASE
        .sql()
        .update(
            "insert into inventory.product (id, sku, sku_key, name, description, category, price,"
                + " currency, min_stock, active, version, created_at, updated_at) values (?, ?, ?,"
                + " 'x', '', '', 1, 'BRL', 0, true, 1, now(), now())",
            id,
            id.toString(),
            id.toString());
    return id;
  }
}
