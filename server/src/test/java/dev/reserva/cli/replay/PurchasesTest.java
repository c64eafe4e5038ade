package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.cli.replay.Purchases.Match;
import dev.reserva.cli.replay.Purchases.Matches;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PurchasesTest {
  private final Purchases<String> purchases = new Purchases<>();

  @Test
  void every_piece_of_an_order_given_back_is_the_whole_order() {
    purchases.add("ana", "order", Map.of("cup", 2, "pot", 1));
    assertThat(giveBack(Map.of("cup", 2, "pot", 1)))
        .isEqualTo(
            new Matches<>(
                List.of(new Match<>("order", Map.of("cup", 2, "pot", 1), Set.of("cup", "pot"))),
                List.of(),
                Set.of(),
                Set.of()));
  }

  @Test
  void fewer_pieces_or_fewer_products_are_a_part() {
    purchases.add("ana", "order", Map.of("cup", 3, "pot", 1));
    assertThat(giveBack(Map.of("cup", 1, "pot", 1)).parts())
        .containsExactly(new Match<>("order", Map.of("cup", 1, "pot", 1), Set.of("cup", "pot")));
    assertThat(giveBack(Map.of("cup", 2)).parts())
        .containsExactly(new Match<>("order", Map.of("cup", 2), Set.of("cup")));
  }

  @Test
  void no_piece_comes_back_twice() {
    purchases.add("ana", "order", Map.of("cup", 2));
    assertThat(giveBack(Map.of("cup", 1)).parts()).hasSize(1);
    Matches<String> again = giveBack(Map.of("cup", 2));
    assertThat(again.tooMany()).containsExactly("cup");
    assertThat(again.parts()).isEmpty();
    assertThat(giveBack(Map.of("cup", 1)).parts()).hasSize(1);
    assertThat(giveBack(Map.of("cup", 1)).tooMany()).containsExactly("cup");
  }

  @Test
  void what_is_left_of_an_order_is_a_part_of_it() {
    purchases.add("ana", "order", Map.of("cup", 2));
    giveBack(Map.of("cup", 1));
    assertThat(giveBack(Map.of("cup", 1)).whole()).isEmpty();
  }

  @Test
  void the_latest_orders_of_a_product_are_meant_and_its_lines_count_once() {
    purchases.add("ana", "first", Map.of("cup", 2));
    purchases.add("ana", "second", Map.of("cup", 2));
    assertThat(giveBack(Map.of("cup", 3)))
        .isEqualTo(
            new Matches<>(
                List.of(new Match<>("second", Map.of("cup", 2), Set.of("cup"))),
                List.of(new Match<>("first", Map.of("cup", 1), Set.of())),
                Set.of(),
                Set.of()));
    assertThat(giveBack(Map.of("cup", 1)).parts())
        .containsExactly(new Match<>("first", Map.of("cup", 1), Set.of("cup")));
  }

  @Test
  void one_return_may_give_back_several_orders() {
    purchases.add("ana", "cups", Map.of("cup", 2));
    purchases.add("ana", "pots", Map.of("pot", 1));
    assertThat(giveBack(Map.of("cup", 2, "pot", 1)).whole())
        .extracting(Match::order)
        .containsExactlyInAnyOrder("cups", "pots");
  }

  @Test
  void a_customer_returns_only_own_purchases() {
    purchases.add("bruno", "order", Map.of("cup", 2));
    assertThat(giveBack(Map.of("cup", 2)).unknown()).containsExactly("cup");
  }

  private Matches<String> giveBack(Map<String, Integer> pieces) {
    return purchases.giveBack("ana", pieces);
  }
}
