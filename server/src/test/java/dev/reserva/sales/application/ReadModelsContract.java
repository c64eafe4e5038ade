package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.FollowCustomers.CustomerChange;
import dev.reserva.sales.application.FollowCustomers.CustomerChange.Kind;
import dev.reserva.sales.application.FollowProducts.ProductChange.Discontinued;
import dev.reserva.sales.application.FollowProducts.ProductChange.Offered;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link Products} and {@link Customers}, for every adapter. */
public abstract class ReadModelsContract {

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID BERT = new UUID(0x7000, 2);
  private static final UUID CARL = new UUID(0x7000, 3);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.50", "BRL"), true);
  private static final Product FAN =
      new Product(new UUID(1, 2), "FAN", "Fan", Money.of("500", "JPY"), true);

  protected abstract Transactions transactions();

  protected abstract Products products();

  protected abstract Customers customers();

  @Test
  void a_product_is_found_by_id_and_by_sku() {
    follow(new Offered(MOUSE), new Offered(FAN));
    assertThat(find(byId(MOUSE), bySku("FAN"), bySku("NONE"), byId(new UUID(9, 9))))
        .containsExactlyInAnyOrder(MOUSE, FAN);
    assertThat(find(byId(MOUSE), bySku("MOUSE"))).containsExactly(MOUSE, MOUSE);
  }

  @Test
  void the_tax_of_a_product_is_known_and_can_change_alone() {
    Product taxed = taxed("0.19", "pets");
    follow(new Offered(MOUSE), new Offered(taxed));
    assertThat(find(byId(MOUSE))).containsExactly(taxed);
    Product reduced = taxed("0.070001", null);
    follow(new Offered(reduced));
    assertThat(find(byId(MOUSE))).containsExactly(reduced);
    follow(new Offered(taxed("0", "pets")));
    assertThat(find(byId(MOUSE))).containsExactly(taxed("0", "pets"));
    follow(new Offered(MOUSE));
    assertThat(find(byId(MOUSE))).containsExactly(MOUSE);
  }

  @Test
  void the_parts_of_a_bundle_are_known_in_their_order_and_can_change_alone() {
    Product two = bundle(Map.entry(new UUID(9, 2), 3), Map.entry(new UUID(9, 1), 1));
    follow(new Offered(MOUSE), new Offered(two));
    assertThat(find(byId(MOUSE))).containsExactly(two);
    assertThat(find(byId(MOUSE)).iterator().next().bundle().sequencedKeySet())
        .containsExactly(new UUID(9, 2), new UUID(9, 1));
    Product one = bundle(Map.entry(new UUID(9, 1), 2));
    follow(new Offered(one));
    follow(new FollowProducts.ProductChange.Discontinued(MOUSE.id()));
    assertThat(find(byId(MOUSE))).containsExactly(one.discontinued());
  }

  @SafeVarargs
  private static Product bundle(Map.Entry<UUID, Integer>... parts) {
    var bundle = new LinkedHashMap<UUID, Integer>();
    for (Map.Entry<UUID, Integer> part : parts) {
      bundle.put(part.getKey(), part.getValue());
    }
    return new Product(
        MOUSE.id(), MOUSE.sku(), MOUSE.name(), MOUSE.price(), null, null, true, bundle);
  }

  private static Product taxed(String rate, @Nullable String code) {
    return new Product(
        MOUSE.id(), MOUSE.sku(), MOUSE.name(), MOUSE.price(), TaxRate.parse(rate), code, true);
  }

  @Test
  void the_last_change_of_a_product_counts() {
    Product cheaper = new Product(MOUSE.id(), "MOUSE", "Old mouse", Money.of("1.00", "BRL"), true);
    follow(new Offered(MOUSE), new Offered(cheaper));
    assertThat(find(byId(MOUSE))).containsExactly(cheaper);
    follow(new Offered(MOUSE));
    assertThat(find(byId(MOUSE))).containsExactly(MOUSE);
    follow(new Discontinued(MOUSE.id()), new Discontinued(new UUID(9, 9)));
    assertThat(find(byId(MOUSE))).containsExactly(MOUSE.discontinued());
    follow(new Offered(FAN), new Discontinued(FAN.id()), new Offered(MOUSE));
    assertThat(find(byId(FAN), byId(MOUSE))).containsExactlyInAnyOrder(FAN.discontinued(), MOUSE);
  }

  @Test
  void the_active_one_of_two_products_with_one_sku_is_found() {
    Product successor = new Product(new UUID(1, 0), "MOUSE", "Mouse 2", MOUSE.price(), true);
    follow(new Offered(MOUSE.discontinued()), new Offered(successor));
    assertThat(find(bySku("MOUSE"))).containsExactly(successor);
  }

  @Test
  void a_deactivated_customer_stays_deactivated_when_older_changes_arrive_late() {
    follow(ANNA, Kind.KNOWN);
    follow(BERT, Kind.KNOWN);
    follow(BERT, Kind.DEACTIVATED);
    follow(BERT, Kind.KNOWN);
    follow(BERT, Kind.VERIFIED);
    follow(CARL, Kind.DEACTIVATED);
    List<UUID> all = List.of(ANNA, BERT, CARL, new UUID(0, 0));
    Map<UUID, Boolean> active = transactions().snapshot(tx -> customers().active(all, tx).get());
    assertThat(active)
        .containsEntry(ANNA, true)
        .containsEntry(BERT, false)
        .containsEntry(CARL, false)
        .hasSize(3);
  }

  @Test
  void a_reactivated_customer_may_order_until_it_is_deactivated_again() {
    follow(ANNA, Kind.KNOWN, Kind.DEACTIVATED);
    follow(ANNA, Kind.REACTIVATED);
    follow(BERT, Kind.DEACTIVATED, Kind.REACTIVATED);
    follow(CARL, Kind.DEACTIVATED, Kind.REACTIVATED, Kind.DEACTIVATED, Kind.KNOWN);
    Map<UUID, Boolean> active =
        transactions().snapshot(tx -> customers().active(List.of(ANNA, BERT, CARL), tx).get());
    assertThat(active).isEqualTo(Map.of(ANNA, true, BERT, true, CARL, false));
  }

  private void follow(FollowProducts.ProductChange... changes) {
    transactions().run(tx -> new FollowProducts(products()).follow(List.of(changes), tx));
  }

  @Test
  void a_customer_is_verified_once_and_for_all() {
    follow(ANNA, Kind.KNOWN);
    follow(BERT, Kind.KNOWN);
    follow(BERT, Kind.VERIFIED);
    follow(BERT, Kind.KNOWN);
    follow(CARL, Kind.VERIFIED);
    List<UUID> all = List.of(ANNA, CARL, BERT, new UUID(0, 0));
    Map<UUID, Boolean> verified = transactions().call(tx -> customers().lock(all, tx).get());
    assertThat(verified)
        .containsEntry(ANNA, false)
        .containsEntry(BERT, true)
        .containsEntry(CARL, true)
        .hasSize(3);
    assertThat(transactions().<Boolean>call(tx -> customers().mayOrder(CARL, tx))).isTrue();
  }

  private void follow(UUID customer, Kind... kinds) {
    transactions()
        .run(tx ->
            new FollowCustomers(customers())
                .follow(
                    Stream.of(kinds).map(kind -> new CustomerChange(customer, kind)).toList(), tx));
  }

  private List<Product> find(ProductRef... refs) {
    return transactions().snapshot(tx -> List.copyOf(products().find(List.of(refs), tx).values()));
  }

  private static ProductRef byId(Product product) {
    return byId(product.id());
  }

  private static ProductRef byId(UUID id) {
    return new ProductRef.ById(id);
  }

  private static ProductRef bySku(String sku) {
    return new ProductRef.BySku(sku);
  }
}
