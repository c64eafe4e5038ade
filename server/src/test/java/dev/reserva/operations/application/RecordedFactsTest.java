package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.InventoryEvent.ProductUpdated;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import dev.reserva.operations.application.RecordedFacts.Claim;
import dev.reserva.platform.events.DeadLetterAnnouncer;
import dev.reserva.platform.events.TestCatalogue;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The claim of an event published by hand, compared with the facts that services have stated. */
class RecordedFactsTest {

  private static final UUID ORDER = new UUID(0x7000, 1);
  private static final UUID CUSTOMER = new UUID(0x7000, 2);
  private static final UUID PAYMENT = new UUID(0x7000, 3);
  private static final UUID PRODUCT = new UUID(0x7000, 4);
  private static final OrderPaid PAID =
      new OrderPaid(
          ORDER, CUSTOMER, PAYMENT, Money.of("10.00", "BRL"), "PENDING_PAYMENT", "PAID", null);

  private final EventCatalogue catalogue = TestCatalogue.create();
  private final MemoryBackbone backbone =
      new MemoryBackbone(
          catalogue, new DeadLetterAnnouncer(), (_, _) -> List.of(), Disorder.NONE, 1);
  private final Publications publications = new Publications();
  private final RecordedFacts facts = facts(Set.of("sales"));

  @Test
  void the_last_fact_about_an_entity_is_repeated() {
    state(PAID);
    assertThat(facts.claimOf(event(PAID))).isEqualTo(Claim.REPEATED);
    state(new OrderShipped(ORDER, CUSTOMER, null, "CONFIRMED", "SHIPPED"));
    assertThat(facts.claimOf(event(PAID))).as("out of date").isEqualTo(Claim.UNSTATED);
  }

  @Test
  void the_same_type_with_another_payload_is_not_a_repetition() {
    state(PAID);
    var other =
        new OrderPaid(
            ORDER, CUSTOMER, PAYMENT, Money.of("10.01", "BRL"), "PENDING_PAYMENT", "PAID", null);
    assertThat(facts.claimOf(event(other))).isEqualTo(Claim.UNSTATED);
  }

  @Test
  void a_change_of_a_product_is_out_of_date_when_a_later_one_followed() {
    Money price = Money.of("1.00", "BRL");
    var created = new ProductCreated(PRODUCT, "A", "Anvil", null, price, true, null, null);
    var updated = new ProductUpdated(PRODUCT, "A", "Big anvil", null, price, true, null, null);
    state(created);
    assertThat(facts.claimOf(event(created))).isEqualTo(Claim.REPEATED);
    state(updated);
    assertThat(facts.claimOf(event(created))).isEqualTo(Claim.UNSTATED);
    assertThat(facts.claimOf(event(updated))).isEqualTo(Claim.REPEATED);
  }

  @Test
  void an_event_published_by_hand_is_not_a_stated_fact() {
    publications.byHand.put(state(PAID).id(), "admin");
    assertThat(facts.claimOf(event(PAID))).isEqualTo(Claim.UNSTATED);
    assertThat(facts(Set.of()).claimOf(event(PAID))).isEqualTo(Claim.FOREIGN);
  }

  @Test
  void a_fact_of_a_service_that_runs_elsewhere_is_foreign_only_if_nothing_is_known_of_its_key() {
    RecordedFacts elsewhere = facts(Set.of("operations"));
    assertThat(elsewhere.claimOf(event(PAID))).isEqualTo(Claim.FOREIGN);
    state(new OrderShipped(ORDER, CUSTOMER, null, "CONFIRMED", "SHIPPED"));
    assertThat(elsewhere.claimOf(event(PAID))).isEqualTo(Claim.UNSTATED);
  }

  @Test
  void an_unreadable_event_claims_nothing() {
    assertThat(facts.claimOf(event(PAID).withData("{\"orderId\":\"?\"}"))).isEqualTo(Claim.NOTHING);
  }

  @Test
  void only_an_edit_of_an_event_by_hand_could_state_a_fact() {
    Event broken = event(PAID).withData("{}");
    String edited = event(PAID).data();
    assertThat(facts.wouldStateAFact(broken, edited)).isFalse();
    publications.byHand.put(broken.id(), "admin");
    assertThat(facts.wouldStateAFact(broken, edited)).isTrue();
    state(PAID);
    assertThat(facts.wouldStateAFact(broken, edited)).isFalse();
  }

  private RecordedFacts facts(Set<String> services) {
    return new RecordedFacts(
        backbone.log(), catalogue, backbone.transactions(), publications, services);
  }

  private Event state(Object fact) {
    return backbone.transactions().call(tx -> tx.publish(fact, Cause.of("a service")));
  }

  private Event event(Object fact) {
    return catalogue.envelop(UUID.randomUUID(), fact, Cause.of("by hand"), Instant.EPOCH);
  }

  private static final class Publications implements ManualPublications {

    private final Map<UUID, String> byHand = new HashMap<>();

    @Override
    public void record(ManualPublication publication, UnitOfWork tx) {
      byHand.put(publication.eventId(), publication.by());
    }

    @Override
    public Set<UUID> among(Collection<UUID> eventIds, UnitOfWork tx) {
      return of(eventIds, tx).keySet();
    }

    @Override
    public Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx) {
      Map<UUID, ManualPublication> found = new HashMap<>();
      for (UUID id : eventIds) {
        String by = byHand.get(id);
        if (by != null) {
          found.put(id, new ManualPublication(id, by, Instant.EPOCH, false));
        }
      }
      return found;
    }
  }
}
