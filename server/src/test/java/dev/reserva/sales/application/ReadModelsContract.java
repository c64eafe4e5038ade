package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.LearnProducts.News.Discontinued;
import dev.reserva.sales.application.LearnProducts.News.Offered;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Products} and {@link Customers} keeps. */
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
    learn(new Offered(MOUSE), new Offered(FAN));
    assertThat(find(byId(MOUSE), bySku("FAN"), bySku("NONE"), byId(new UUID(9, 9))))
        .containsExactlyInAnyOrder(MOUSE, FAN);
    assertThat(find(byId(MOUSE), bySku("MOUSE"))).containsExactly(MOUSE, MOUSE);
  }

  @Test
  void the_last_word_about_a_product_counts() {
    Product cheaper = new Product(MOUSE.id(), "MOUSE", "Old mouse", Money.of("1.00", "BRL"), true);
    learn(new Offered(MOUSE), new Offered(cheaper));
    assertThat(find(byId(MOUSE))).containsExactly(cheaper);
    learn(new Offered(MOUSE));
    assertThat(find(byId(MOUSE))).containsExactly(MOUSE);
    learn(new Discontinued(MOUSE.id()), new Discontinued(new UUID(9, 9)));
    assertThat(find(byId(MOUSE))).containsExactly(MOUSE.discontinued());
    learn(new Offered(FAN), new Discontinued(FAN.id()), new Offered(MOUSE));
    assertThat(find(byId(FAN), byId(MOUSE))).containsExactlyInAnyOrder(FAN.discontinued(), MOUSE);
  }

  @Test
  void of_two_products_with_one_sku_the_one_that_can_be_ordered_is_meant() {
    Product successor = new Product(new UUID(1, 0), "MOUSE", "Mouse 2", MOUSE.price(), true);
    learn(new Offered(MOUSE.discontinued()), new Offered(successor));
    assertThat(find(bySku("MOUSE"))).containsExactly(successor);
  }

  @Test
  void who_was_deactivated_stays_so_whatever_old_news_come() {
    hear(ANNA, true);
    hear(BERT, true);
    hear(BERT, false);
    hear(BERT, true);
    hear(CARL, false);
    List<UUID> all = List.of(ANNA, BERT, CARL, new UUID(0, 0));
    Map<UUID, Boolean> active = transactions().snapshot(tx -> customers().active(all, tx).get());
    assertThat(active)
        .containsEntry(ANNA, true)
        .containsEntry(BERT, false)
        .containsEntry(CARL, false)
        .hasSize(3);
  }

  private void learn(LearnProducts.News... news) {
    transactions().run(tx -> new LearnProducts(products()).learn(List.of(news), tx));
  }

  private void hear(UUID customer, boolean active) {
    transactions()
        .run(tx ->
            new LearnCustomers(customers())
                .learn(List.of(new LearnCustomers.News(customer, active)), tx));
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
