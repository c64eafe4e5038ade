package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.sales.domain.Basket.Item;
import dev.reserva.sales.domain.Basket.Pricing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BasketTest {

  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.50", "BRL"), true);
  private static final Product MAT =
      new Product(new UUID(1, 2), "MAT", "Mat", Money.of("3.00", "BRL"), true);
  private static final Product YEN =
      new Product(new UUID(1, 3), "YEN", "Fan", Money.of("500", "JPY"), true);
  private static final Product GOLD =
      new Product(new UUID(1, 4), "GOLD", "Gold", new Money(Money.MAX, "BRL"), true);
  private static final Product OLD = MAT.discontinued();

  @Test
  void a_product_named_twice_by_id_and_by_sku_becomes_one_line() {
    var basket = new Basket(List.of(byId(MOUSE, 2), byId(MAT, 1), bySku(MOUSE, 3)));
    assertThat(basket.price(catalogue(MOUSE, MAT)::get, TaxMode.INCLUDED))
        .isEqualTo(
            new Pricing.Priced(List.of(line(MOUSE, 5), line(MAT, 1)), Money.of("55.50", "BRL")));
  }

  @Test
  void unknown_products_are_reported_before_anything_else() {
    var basket = new Basket(List.of(bySku(YEN, 1), byId(OLD, 1), byId(MOUSE, 1)));
    assertThat(basket.price(catalogue(OLD)::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.Unknown.class,
            unknown ->
                assertThat(unknown.products())
                    .containsExactly(new ProductRef.BySku("YEN"), new ProductRef.ById(MOUSE.id())));
  }

  @Test
  void a_discontinued_product_cannot_be_ordered() {
    assertThat(
            new Basket(List.of(byId(OLD, 1), byId(MOUSE, 1)))
                .price(catalogue(OLD, MOUSE)::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.Inactive.class,
            inactive ->
                assertThat(inactive.products()).containsExactly(new ProductRef.ById(OLD.id())));
  }

  @Test
  void one_order_has_one_currency() {
    assertThat(
            new Basket(List.of(byId(MOUSE, 1), byId(YEN, 1)))
                .price(catalogue(MOUSE, YEN)::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.MixedCurrencies.class,
            mixed -> assertThat(mixed.currencies()).containsExactly("BRL", "JPY"));
  }

  @Test
  void the_sum_of_one_products_quantities_is_limited_like_each() {
    assertThat(
            new Basket(List.of(byId(MOUSE, 600_000), byId(MOUSE, 400_000)))
                .price(catalogue(MOUSE)::get, TaxMode.INCLUDED))
        .isInstanceOf(Pricing.Priced.class);
    assertThat(
            new Basket(List.of(byId(MOUSE, 600_000), byId(MOUSE, 400_001)))
                .price(catalogue(MOUSE)::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.TooMuch.class,
            tooMuch -> assertThat(tooMuch.detail()).contains("1..1000000", "1000001"));
  }

  @Test
  void a_total_above_the_maximum_is_too_large() {
    assertThat(new Basket(List.of(byId(GOLD, 2))).price(catalogue(GOLD)::get, TaxMode.INCLUDED))
        .isInstanceOf(Pricing.TooMuch.class);
    assertThat(
            new Basket(List.of(byId(GOLD, 1), byId(MAT, 1)))
                .price(catalogue(GOLD, MAT)::get, TaxMode.INCLUDED))
        .isInstanceOf(Pricing.TooMuch.class);
  }

  @Test
  void a_bundle_has_its_own_price_and_the_parts_that_it_has_now() {
    Product set = bundle(Map.of(MOUSE.id(), 2));

    Pricing pricing =
        new Basket(List.of(byId(set, 3))).price(catalogue(set, MOUSE)::get, TaxMode.INCLUDED);

    assertThat(pricing)
        .isInstanceOfSatisfying(
            Pricing.Priced.class,
            priced -> {
              assertThat(priced.total()).isEqualTo(Money.of("21.00", "BRL"));
              assertThat(priced.lines().getFirst().parts())
                  .containsExactly(new Part(MOUSE.id(), MOUSE.sku(), MOUSE.name(), 2));
            });
  }

  @Test
  void a_bundle_of_unknown_or_discontinued_parts_cannot_be_ordered() {
    Product set = bundle(Map.of(MOUSE.id(), 2));
    var basket = new Basket(List.of(byId(set, 3)));

    assertThat(basket.price(catalogue(set)::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.Unknown.class,
            it -> assertThat(it.products()).containsExactly(new ProductRef.ById(MOUSE.id())));
    assertThat(basket.price(catalogue(set, MOUSE.discontinued())::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.Inactive.class,
            it -> assertThat(it.products()).containsExactly(new ProductRef.ById(MOUSE.id())));
  }

  @Test
  void the_units_of_a_part_are_limited_like_those_of_a_product() {
    Product set = bundle(Map.of(MOUSE.id(), 1_000));
    var catalogue = catalogue(set, MOUSE);

    assertThat(new Basket(List.of(byId(set, 1_000))).price(catalogue::get, TaxMode.INCLUDED))
        .isInstanceOf(Pricing.Priced.class);
    assertThat(
            new Basket(List.of(byId(set, 1_000), byId(MOUSE, 1)))
                .price(catalogue::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.TooMuch.class,
            tooMuch -> assertThat(tooMuch.detail()).contains(MOUSE.sku(), "was 1000001 in all"));
  }

  @Test
  void an_order_needs_at_most_as_many_products_as_it_may_have_lines() {
    var products = new ArrayList<Product>();
    var items = new ArrayList<Item>();
    for (int i = 0; i < 41; i++) {
      var parts = new HashMap<UUID, Integer>();
      for (int j = 0; j < 50; j++) {
        Product part =
            new Product(new UUID(3, i * 50L + j), "P", "P", Money.of("1.00", "BRL"), true);
        products.add(part);
        parts.put(part.id(), 1);
      }
      Product set = bundle(new UUID(4, i), parts);
      products.add(set);
      items.add(byId(set, 1));
    }
    var catalogue = catalogue(products.toArray(Product[]::new));

    assertThat(new Basket(items).price(catalogue::get, TaxMode.INCLUDED))
        .isInstanceOfSatisfying(
            Pricing.TooMuch.class,
            tooMuch -> assertThat(tooMuch.detail()).contains("1..2000", "needed 2050"));
    assertThat(new Basket(items.subList(0, 40)).price(catalogue::get, TaxMode.INCLUDED))
        .isInstanceOf(Pricing.Priced.class);
  }

  private static Product bundle(Map<UUID, Integer> parts) {
    return bundle(new UUID(1, 9), parts);
  }

  private static Product bundle(UUID id, Map<UUID, Integer> parts) {
    return new Product(
        id, "SET", "Set", Money.of("7.00", "BRL"), null, null, true, new LinkedHashMap<>(parts));
  }

  @Test
  void a_basket_has_1_to_2000_lines() {
    assertThatThrownBy(() -> new Basket(List.of()))
        .hasMessage("an order must have 1..2000 lines, had 0");
    assertThatThrownBy(() -> new Basket(Collections.nCopies(2_001, byId(MAT, 1))))
        .hasMessage("an order must have 1..2000 lines, had 2001");
    assertThat(new Basket(Collections.nCopies(2_000, byId(MAT, 1))).items()).hasSize(2_000);
  }

  @Test
  void a_quantity_is_1_to_a_million() {
    assertThatThrownBy(() -> new Quantity(0)).hasMessage("quantity must be 1..1000000, was 0");
    assertThatThrownBy(() -> new Quantity(1_000_001))
        .hasMessage("quantity must be 1..1000000, was 1000001");
  }

  @Test
  void a_payment_token_is_refused_rather_than_changed() {
    assertThat(new PaymentChoice(PaymentMethod.PIX, "tok_1").token()).isEqualTo("tok_1");
    for (String token : List.of(" tok_1", "tok_1\u00a0", "to\u0301k")) {
      assertThatThrownBy(() -> new PaymentChoice(PaymentMethod.PIX, token))
          .hasMessage("token must be as the provider gave it, without white space around it");
    }
    assertThatThrownBy(() -> new PaymentChoice(PaymentMethod.PIX, "a\nb"))
        .hasMessageStartingWith("token must have one line");
    assertThat(PaymentChoice.checkedToken("t".repeat(255))).hasSize(255);
    assertThatThrownBy(() -> PaymentChoice.checkedToken("t".repeat(256)))
        .hasMessage("token must have 1..255 characters, had 256");
    assertThat(new PaymentChoice(PaymentMethod.PIX, "t".repeat(1_500)).token()).hasSize(1_500);
    assertThatThrownBy(() -> new PaymentChoice(PaymentMethod.PIX, "t".repeat(1_501)))
        .hasMessage("token must have 1..1500 characters, had 1501");
  }

  private static Item byId(Product product, int quantity) {
    return new Item(new ProductRef.ById(product.id()), new Quantity(quantity));
  }

  private static Item bySku(Product product, int quantity) {
    return new Item(new ProductRef.BySku(product.sku()), new Quantity(quantity));
  }

  private static OrderLine line(Product product, int quantity) {
    return new OrderLine(
        product.id(), product.sku(), product.name(), new Quantity(quantity), product.price());
  }

  private static Map<ProductRef, Product> catalogue(Product... products) {
    var catalogue = new HashMap<ProductRef, Product>();
    for (Product product : products) {
      catalogue.put(new ProductRef.ById(product.id()), product);
      catalogue.put(new ProductRef.BySku(product.sku()), product);
    }
    return catalogue;
  }

  @Test
  void a_payment_method_is_known_by_its_name_on_the_wire() {
    for (PaymentMethod method : PaymentMethod.values()) {
      assertThat(PaymentMethod.ofWire(method.wire())).isEqualTo(method);
    }
    assertThat(PaymentMethod.CREDIT_CARD.wire()).isEqualTo("credit_card");
    assertThatThrownBy(() -> PaymentMethod.ofWire("cash"))
        .hasMessage("method must be one of credit_card, debit_card, pix, boleto, was \"cash\"");
    assertThat(new PaymentChoice(PaymentMethod.PIX, "secret"))
        .hasToString("PaymentChoice[method=PIX]");
  }

  @Test
  void a_product_is_named_in_errors_as_its_buyer_named_it() {
    assertThat(new ProductRef.BySku("MOUSE")).hasToString("MOUSE");
    assertThat(new ProductRef.ById(MOUSE.id())).hasToString(MOUSE.id().toString());
  }

  @Test
  void a_range_of_totals_includes_both_ends() {
    var range = new TotalRange("BRL", Money.of("10.00", "BRL"), Money.of("20.00", "BRL"));

    assertThat(range.covers(Money.of("9.99", "BRL"))).isFalse();
    assertThat(range.covers(Money.of("10.00", "BRL"))).isTrue();
    assertThat(range.covers(Money.of("20.00", "BRL"))).isTrue();
    assertThat(range.covers(Money.of("20.01", "BRL"))).isFalse();
    assertThat(range.covers(Money.of("15", "JPY"))).isFalse();
    assertThat(new TotalRange("BRL", null, null).covers(Money.of("0", "BRL"))).isTrue();
    assertThat(new TotalRange("BRL", range.min(), range.min()).covers(Money.of("10", "BRL")))
        .isTrue();
    assertThatThrownBy(() -> new TotalRange("BRL", range.max(), range.min()))
        .hasMessage("must be at most maxTotal, 10.00 BRL, was 20.00 BRL");
  }
}
