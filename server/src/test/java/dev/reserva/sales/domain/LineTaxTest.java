package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tax of lines, in currencies of 0, 2 and 3 digits. */
class LineTaxTest {

  private static final UUID ORDER = new UUID(0x0195000000007000L, 200);

  @Example
  void the_tax_is_a_part_of_a_price_that_contains_it() {
    OrderLine line = line("10.00", "BRL", 3, "0.19", TaxMode.INCLUDED);

    assertThat(line.total()).isEqualTo(Money.of("30.00", "BRL"));
    assertThat(line.taxAmount()).isEqualTo(Money.of("4.79", "BRL"));
    assertThat(line.net()).isEqualTo(Money.of("25.21", "BRL"));
  }

  @Example
  void the_tax_is_added_to_a_price_without_it() {
    OrderLine line = line("10.00", "BRL", 3, "0.19", TaxMode.ADDED);

    assertThat(line.total()).isEqualTo(Money.of("35.70", "BRL"));
    assertThat(line.taxAmount()).isEqualTo(Money.of("5.70", "BRL"));
    assertThat(line.net()).isEqualTo(Money.of("30.00", "BRL"));
  }

  @Example
  void half_of_the_smallest_unit_is_rounded_up() {
    assertThat(line("0.50", "BRL", 1, "0.01", TaxMode.ADDED).taxAmount())
        .isEqualTo(Money.of("0.01", "BRL"));
    assertThat(line("0.49", "BRL", 1, "0.01", TaxMode.ADDED).taxAmount())
        .isEqualTo(Money.of("0.00", "BRL"));
    assertThat(line("25", "JPY", 1, "0.1", TaxMode.ADDED).taxAmount())
        .isEqualTo(Money.of("3", "JPY"));
    assertThat(line("0.005", "KWD", 1, "0.1", TaxMode.ADDED).taxAmount())
        .isEqualTo(Money.of("0.001", "KWD"));
  }

  @Example
  void the_tax_is_rounded_once_for_a_line_and_not_for_each_unit() {
    assertThat(line("0.49", "BRL", 100, "0.01", TaxMode.ADDED).taxAmount())
        .isEqualTo(Money.of("0.49", "BRL"));
  }

  @Example
  void an_order_shows_its_tax_by_rate_and_a_line_without_a_rate_belongs_to_none() {
    OrderLine books = line("10.00", "BRL", 1, "0.07", TaxMode.INCLUDED);
    OrderLine mug = line("20.00", "BRL", 1, "0.19", TaxMode.INCLUDED);
    OrderLine cup = line("5.00", "BRL", 2, "0.190", TaxMode.INCLUDED);
    OrderLine voucher =
        new OrderLine(UUID.randomUUID(), "V", "V", new Quantity(1), Money.of("50.00", "BRL"));

    OrderTax tax = OrderTax.of(List.of(mug, books, voucher, cup)).orElseThrow();

    assertThat(tax.net()).isEqualTo(Money.of("84.56", "BRL"));
    assertThat(tax.tax()).isEqualTo(Money.of("5.44", "BRL"));
    assertThat(tax.rates())
        .containsExactly(
            new OrderTax.OfRate(
                TaxRate.parse("0.07"),
                Money.of("9.35", "BRL"),
                Money.of("0.65", "BRL"),
                Money.of("10.00", "BRL")),
            new OrderTax.OfRate(
                TaxRate.parse("0.19"),
                Money.of("25.21", "BRL"),
                Money.of("4.79", "BRL"),
                Money.of("30.00", "BRL")));
    assertThat(OrderTax.of(List.of(voucher))).isEmpty();
  }

  @Example
  void a_rate_is_0_or_more_and_below_1_with_at_most_6_digits() {
    assertThat(TaxRate.parse("0.190000")).isEqualTo(TaxRate.parse("0.19")).hasToString("0.19");
    assertThat(TaxRate.parse("0")).isEqualTo(TaxRate.parse("0.00")).hasToString("0");
    assertThat(TaxRate.parse("0.999999").value()).isEqualByComparingTo("0.999999");
    for (String wrong : List.of("", "1", "1.0", "-0.1", "19", "0.1234567", ".19", "0,19", "1e-2")) {
      assertThatThrownBy(() -> TaxRate.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("taxRate must be a decimal of 0 to below 1");
    }
    assertThatThrownBy(() -> new TaxRate(BigDecimal.ONE)).hasMessageContaining("below 1, was 1");
    assertThatThrownBy(() -> new TaxRate(new BigDecimal("-0.1"))).hasMessageContaining("-0.1");
  }

  @Property
  void net_and_tax_are_the_total_of_each_line_and_of_the_order(
      @ForAll("orders") List<OrderLine> lines) {
    Money total = lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
    for (OrderLine line : lines) {
      assertThat(line.net().plus(line.taxAmount())).isEqualTo(line.total());
    }
    OrderTax.of(lines)
        .ifPresent(tax -> {
          assertThat(tax.net().plus(tax.tax())).isEqualTo(total);
          assertThat(tax.rates().stream().map(OrderTax.OfRate::tax).reduce(Money::plus))
              .contains(tax.tax());
          tax.rates()
              .forEach(rate -> assertThat(rate.net().plus(rate.tax())).isEqualTo(rate.total()));
        });
  }

  @Property
  void the_tax_is_at_most_half_of_the_smallest_unit_from_the_exact_one(
      @ForAll("orders") List<OrderLine> lines) {
    for (OrderLine line : lines) {
      LineTax tax = line.tax();
      if (tax != null) {
        // Exact without a division: tax = net × rate, within half a unit at the side that is given.
        BigDecimal price = line.unitPrice().times(line.quantity().value()).amount();
        BigDecimal rate = tax.rate().value();
        BigDecimal scaled =
            tax.mode() == TaxMode.ADDED
                ? tax.amount().amount().subtract(price.multiply(rate)).abs()
                : tax.amount()
                    .amount()
                    .multiply(BigDecimal.ONE.add(rate))
                    .subtract(price.multiply(rate))
                    .abs();
        BigDecimal half = new BigDecimal("0.5").movePointLeft(price.scale());
        BigDecimal bound =
            tax.mode() == TaxMode.ADDED ? half : half.multiply(BigDecimal.ONE.add(rate));
        assertThat(scaled).isLessThanOrEqualTo(bound);
      }
    }
  }

  /** Returns are requested and rejected at random, until everything is back. */
  @Property
  void what_comes_back_in_parts_is_refunded_like_the_whole(
      @ForAll("orders") List<OrderLine> lines, @ForAll long seed) {
    var random = new Random(seed);
    OrderState order = SampleOrders.in(OrderStatus.DELIVERED, ORDER).state();
    List<Return> returns = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Return> open = returns.stream().filter(Return::holdsItsUnits).toList();
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        Return rejected = open.get(random.nextInt(open.size()));
        returns.remove(rejected);
        returns.add(((ReturnAnswer.Done) rejected.reject("no", SampleOrders.LATER)).now());
      } else {
        OrderLine line = lines.get(random.nextInt(lines.size()));
        request(order, lines, returns, Map.of(line.productId(), 1L + random.nextInt(3)));
      }
    }
    request(order, lines, returns, Map.of());

    List<OrderLine> back =
        returns.stream()
            .filter(Return::holdsItsUnits)
            .flatMap(goods -> goods.lines().stream())
            .toList();
    for (OrderLine line : lines) {
      List<OrderLine> parts =
          back.stream().filter(part -> part.productId().equals(line.productId())).toList();
      assertThat(parts.stream().map(OrderLine::total).reduce(Money::plus)).contains(line.total());
      assertThat(parts.stream().map(OrderLine::taxAmount).reduce(Money::plus))
          .contains(line.taxAmount());
    }
  }

  private static void request(
      OrderState order, List<OrderLine> lines, List<Return> returns, Map<UUID, Long> units) {
    OrderReturns.Answer answer =
        new OrderReturns(order, lines, returns, Map.of())
            .request(
                UUID.randomUUID(),
                new ReturnedUnits(units),
                new Destination(true, "MAIN"),
                "test",
                SampleOrders.LATER);
    if (answer instanceof OrderReturns.Answer.Requested requested) {
      returns.add(requested.goods());
    }
  }

  @Provide
  Arbitrary<List<OrderLine>> orders() {
    return Combinators.combine(
            Arbitraries.of("JPY", "BRL", "KWD"), Arbitraries.of(TaxMode.values()))
        .flatAs((currency, mode) -> lineIn(currency, mode).list().ofMinSize(1).ofMaxSize(4));
  }

  private static Arbitrary<OrderLine> lineIn(String currency, TaxMode mode) {
    int digits = Money.zero(currency).amount().scale();
    Arbitrary<Money> prices =
        Arbitraries.longs()
            .between(0, 5_000)
            .map(units -> new Money(BigDecimal.valueOf(units, digits), currency));
    Arbitrary<Optional<TaxRate>> rates =
        Arbitraries.bigDecimals()
            .between(BigDecimal.ZERO, new BigDecimal("0.999999"))
            .ofScale(TaxRate.MAX_DIGITS)
            .map(TaxRate::new)
            .optional(0.9);
    return Combinators.combine(prices, rates, Arbitraries.integers().between(1, 20))
        .as((price, rate, quantity) ->
            OrderLine.of(
                new Product(UUID.randomUUID(), "SKU", "Name", price, rate.orElse(null), null, true),
                List.of(),
                new Quantity(quantity),
                mode));
  }

  private static OrderLine line(
      String price, String currency, int quantity, String rate, TaxMode mode) {
    Product product =
        new Product(
            UUID.randomUUID(),
            "SKU",
            "Name",
            Money.of(price, currency),
            TaxRate.parse(rate),
            null,
            true);
    return OrderLine.of(product, List.of(), new Quantity(quantity), mode);
  }
}
