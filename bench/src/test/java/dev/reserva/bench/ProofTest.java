package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProofTest {
  private static final JsonNode WHOLE =
      JsonMapper.shared().readTree("{\"ok\":true,\"checks\":[{},{}]}");
  private static final JsonNode BROKEN =
      JsonMapper.shared().readTree("{\"ok\":false,\"checks\":[{}]}");

  @Test
  void all_accepted_orders_are_confirmed_and_all_invariants_hold() {
    assertThat(Proof.of(Map.of("CONFIRMED", 10L), 10, 0, WHOLE))
        .isEqualTo(new Verified(10, 0, 10, true, 2));
  }

  @Test
  void an_unanswered_order_may_be_stored_or_not() {
    assertThat(Proof.of(Map.of("CONFIRMED", 11L), 10, 2, WHOLE).confirmed()).isEqualTo(11);
    assertThatThrownBy(() -> Proof.of(Map.of("CONFIRMED", 13L), 10, 2, WHOLE))
        .isInstanceOf(BenchFailure.class);
  }

  @Test
  void a_lost_order_an_order_in_another_state_and_a_broken_invariant_fail_the_run() {
    assertThatThrownBy(() -> Proof.of(Map.of("CONFIRMED", 9L), 10, 0, WHOLE))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("10 orders were accepted");
    assertThatThrownBy(() -> Proof.of(Map.of("CONFIRMED", 10L, "CANCELLED", 1L), 10, 0, WHOLE))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("CANCELLED");
    assertThatThrownBy(() -> Proof.of(Map.of("CONFIRMED", 10L), 10, 0, BROKEN))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("an invariant is broken");
  }
}
