package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PurchasesTest {
  private static final Optional<String> ANA = Optional.of("ana");
  private final Purchases<String> purchases = new Purchases<>();

  @Test
  void every_piece_of_an_order_given_back_is_the_whole_order() {
    purchases.add("ana", "order", Map.of("cup", 2, "pot", 1));
    assertThat(purchases.giveBack(ANA, Map.of("cup", 2, "pot", 1)))
        .isEqualTo(
            new Purchases.Matches<>(Map.of("order", Set.of("cup", "pot")), Set.of(), Set.of()));
  }

  @Test
  void fewer_pieces_more_pieces_or_fewer_products_are_a_part() {
    purchases.add("ana", "order", Map.of("cup", 2, "pot", 1));
    assertThat(purchases.giveBack(ANA, Map.of("cup", 1, "pot", 1)).parts())
        .containsExactlyInAnyOrder("cup", "pot");
    assertThat(purchases.giveBack(ANA, Map.of("cup", 3, "pot", 1)).parts())
        .containsExactlyInAnyOrder("cup", "pot");
    assertThat(purchases.giveBack(ANA, Map.of("pot", 1)).parts()).containsExactly("pot");
  }

  @Test
  void the_latest_order_of_the_product_is_meant() {
    purchases.add("ana", "first", Map.of("cup", 2));
    purchases.add("ana", "second", Map.of("cup", 2));
    assertThat(purchases.giveBack(ANA, Map.of("cup", 2)).whole()).containsOnlyKeys("second");
  }

  @Test
  void an_order_is_given_back_once_and_then_the_one_before_it() {
    purchases.add("ana", "first", Map.of("cup", 2));
    purchases.add("ana", "second", Map.of("cup", 2));
    purchases.giveBack(ANA, Map.of("cup", 2));
    assertThat(purchases.giveBack(ANA, Map.of("cup", 2)).whole()).containsOnlyKeys("first");
    assertThat(purchases.giveBack(ANA, Map.of("cup", 2)).unknown()).containsExactly("cup");
  }

  @Test
  void one_return_may_give_back_several_orders() {
    purchases.add("ana", "cups", Map.of("cup", 2));
    purchases.add("ana", "pots", Map.of("pot", 1));
    assertThat(purchases.giveBack(ANA, Map.of("cup", 2, "pot", 1)).whole())
        .containsOnlyKeys("cups", "pots");
  }

  @Test
  void a_customer_returns_only_own_purchases() {
    purchases.add("bruno", "order", Map.of("cup", 2));
    assertThat(purchases.giveBack(ANA, Map.of("cup", 2)).unknown()).containsExactly("cup");
    assertThat(purchases.giveBack(Optional.empty(), Map.of("cup", 2)).unknown())
        .containsExactly("cup");
  }
}
