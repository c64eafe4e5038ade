package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CancellationReasonTest {

  @Test
  void an_order_is_given_up_by_its_buyer_and_not_by_the_shop() {
    assertThat(Arrays.stream(CancellationReason.values()).filter(CancellationReason::isGivingUp))
        .containsExactly(
            CancellationReason.PAYMENT_FAILED,
            CancellationReason.RESERVATION_EXPIRED,
            CancellationReason.CUSTOMER_REQUEST,
            CancellationReason.DEADLINE_EXCEEDED);
  }
}
