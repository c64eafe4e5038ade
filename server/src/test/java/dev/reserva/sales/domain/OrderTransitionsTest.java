package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OrderTransitionsTest {

  /** The expected edges, written by hand. */
  private static final Map<String, Set<String>> EDGES =
      Map.of(
          "DRAFT", Set.of("PENDING"),
          "PENDING", Set.of("PENDING_PAYMENT", "CANCELLED", "FAILED"),
          "PENDING_PAYMENT", Set.of("PAID", "CANCELLED", "FAILED"),
          "PAID", Set.of("CONFIRMED", "CANCELLED", "FAILED"),
          "CONFIRMED", Set.of("SHIPPED", "CANCELLED"),
          "SHIPPED", Set.of("DELIVERED", "CANCELLED"),
          "DELIVERED", Set.of("COMPLETED", "CANCELLED"),
          "COMPLETED", Set.of(),
          "CANCELLED", Set.of(),
          "FAILED", Set.of());

  @Test
  void exactly_the_listed_pairs_of_states_are_edges() {
    for (OrderStatus from : OrderStatus.values()) {
      for (OrderStatus to : OrderStatus.values()) {
        assertThat(OrderTransitions.isEdge(from, to))
            .as("%s to %s", from, to)
            .isEqualTo(EDGES.getOrDefault(from.name(), Set.of()).contains(to.name()));
      }
    }
  }

  @Test
  void an_order_begins_as_a_draft_or_pending_and_nowhere_else() {
    for (OrderStatus to : OrderStatus.values()) {
      assertThat(OrderTransitions.isEdge(null, to))
          .as("beginning as %s", to)
          .isEqualTo(to == OrderStatus.DRAFT || to == OrderStatus.PENDING);
    }
  }

  @Test
  void next_names_the_edges_that_lead_away() {
    var next = new TreeMap<String, Set<String>>();
    for (OrderStatus from : OrderStatus.values()) {
      var names = new TreeSet<String>();
      OrderTransitions.next(from).forEach(to -> names.add(to.name()));
      next.put(from.name(), names);
    }
    assertThat(next).isEqualTo(EDGES);
  }

  @Test
  void a_trigger_leads_from_a_state_to_one_state_at_most() {
    for (OrderStatus from : OrderStatus.values()) {
      for (Trigger trigger : Trigger.values()) {
        assertThat(
                OrderTransitions.ALL.stream()
                    .filter(edge -> edge.from() == from && edge.trigger() == trigger))
            .hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void every_trigger_has_its_place_in_the_table() {
    assertThat(OrderTransitions.ALL.stream().map(OrderTransitions.Transition::trigger).distinct())
        .containsExactlyInAnyOrder(Trigger.values());
  }

  @Test
  void only_an_order_that_waits_for_an_answer_can_fail() {
    assertThat(
            Arrays.stream(OrderStatus.values())
                .filter(from -> OrderTransitions.isEdge(from, OrderStatus.FAILED)))
        .allMatch(OrderStatus::isUnderWay)
        .hasSize(3);
  }
}
