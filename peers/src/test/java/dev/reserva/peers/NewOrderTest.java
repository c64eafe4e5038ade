package dev.reserva.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reserva.peers.shop.Line;
import dev.reserva.peers.shop.NewOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewOrderTest {
  @Test
  void lines_are_locked_by_product_however_they_were_ordered() {
    assertThat(Line.inLockOrder(List.of(new Line(7, 1), new Line(3, 2))))
        .containsExactly(new Line(3, 2), new Line(7, 1));
  }

  @Test
  void an_order_has_lines_of_different_products() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NewOrder(List.of(new Line(7, 1), new Line(7, 2)), "tok_approve"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NewOrder(List.of(), "tok_approve"))
        .withMessage("an order has 1..100 lines, was 0");
  }

  @Test
  void a_line_has_at_least_one_unit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Line(7, 0))
        .withMessage("quantity must be 1..1000, was 0");
  }
}
