package dev.reserva.financial.domain;

import static dev.reserva.financial.domain.PaymentStatus.CANCELLED;
import static dev.reserva.financial.domain.PaymentStatus.FAILED;
import static dev.reserva.financial.domain.PaymentStatus.PARTIALLY_REFUNDED;
import static dev.reserva.financial.domain.PaymentStatus.PROCESSING;
import static dev.reserva.financial.domain.PaymentStatus.REFUNDED;
import static dev.reserva.financial.domain.PaymentStatus.REQUESTED;
import static dev.reserva.financial.domain.PaymentStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PaymentStatusTest {

  private record Edge(PaymentStatus from, PaymentStatus to) {}

  private static final Set<Edge> EDGES =
      Set.of(
          new Edge(REQUESTED, PROCESSING),
          new Edge(REQUESTED, CANCELLED),
          new Edge(PROCESSING, SUCCEEDED),
          new Edge(PROCESSING, FAILED),
          new Edge(PROCESSING, CANCELLED),
          new Edge(SUCCEEDED, PARTIALLY_REFUNDED),
          new Edge(SUCCEEDED, REFUNDED),
          new Edge(PARTIALLY_REFUNDED, REFUNDED),
          new Edge(FAILED, SUCCEEDED),
          new Edge(CANCELLED, SUCCEEDED));

  @Test
  void every_edge_is_allowed_and_every_other_pair_is_not() {
    for (PaymentStatus from : PaymentStatus.values()) {
      for (PaymentStatus to : PaymentStatus.values()) {
        assertThat(from.mayBecome(to))
            .as("%s to %s", from, to)
            .isEqualTo(EDGES.contains(new Edge(from, to)));
      }
    }
  }

  @Test
  void a_payment_needs_the_provider_until_it_has_ended() {
    assertThat(PaymentStatus.values())
        .filteredOn(PaymentStatus::isOpen)
        .containsExactly(REQUESTED, PROCESSING);
    assertThat(PaymentStatus.values())
        .filteredOn(PaymentStatus::isCaptured)
        .containsExactly(SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED);
  }

  @Test
  void a_status_is_known_by_its_name() {
    for (PaymentStatus status : PaymentStatus.values()) {
      assertThat(PaymentStatus.parse(status.name())).isEqualTo(status);
    }
    assertThatThrownBy(() -> PaymentStatus.parse("x".repeat(40)))
        .hasMessage(
            "must be one of REQUESTED, PROCESSING, SUCCEEDED, FAILED, CANCELLED,"
                + " PARTIALLY_REFUNDED, REFUNDED, was \"%s\"",
            "x".repeat(40));
    assertThatThrownBy(() -> PaymentStatus.parse("x".repeat(41)))
        .hasMessageEndingWith("was \"%s…\"".formatted("x".repeat(40)));
  }
}
