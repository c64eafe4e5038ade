package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class EditedPayloadPolicyTest {

  private final EventCatalogue catalogue = TestCatalogue.create();
  private final EditedPayloadPolicy policy = new EditedPayloadPolicy(catalogue, new Schemas());

  @Test
  void every_event_may_be_edited_to_what_it_was() {
    for (Object sample : Samples.ALL) {
      Event event = catalogue.envelop(Samples.EVENT, sample, Samples.CAUSE, Samples.TIME);
      assertThat(policy.check(event, event.data())).isEmpty();
    }
  }

  @Test
  void texts_may_be_repaired() {
    assertThat(edits(Contracts.ORDER_CREATED, data -> item(data).put("name", "Laptop 15")))
        .isEmpty();
  }

  @Test
  void a_payload_that_is_not_json_is_refused() {
    assertThat(policy.check(event(Contracts.ORDER_CREATED), "{\"orderId\":"))
        .containsExactly(new Violation("", "is not JSON"));
    assertThat(policy.check(event(Contracts.ORDER_CREATED), "{} {}"))
        .containsExactly(new Violation("", "is not JSON"));
  }

  @Test
  void what_the_schema_forbids_is_refused() {
    assertThat(pointers(edits(Contracts.ORDER_CREATED, data -> data.put("to", "EATEN"))))
        .containsExactly("/to");
    assertThat(pointers(edits(Contracts.ORDER_CREATED, data -> data.remove("items"))))
        .contains("/items");
  }

  @Test
  void an_id_may_not_become_another() {
    assertThat(
            pointers(
                edits(
                    Contracts.ORDER_CREATED,
                    data -> data.put("customerId", Samples.PAYMENT.toString()))))
        .containsExactly("/customerId");
    assertThat(
            pointers(
                edits(
                    Contracts.ORDER_CREATED,
                    data -> item(data).put("productId", Samples.MOUSE.toString()))))
        .containsExactly("/items/0/productId");
  }

  @Test
  void an_amount_may_not_become_another() {
    assertThat(
            pointers(
                edits(
                    Contracts.PAYMENT_APPROVED,
                    data -> ((ObjectNode) data.path("amount")).put("amount", "1.00"))))
        .containsExactly("/amount");
    assertThat(
            pointers(
                edits(
                    Contracts.PAYMENT_APPROVED,
                    data -> ((ObjectNode) data.path("amount")).put("currency", "USD"))))
        .containsExactly("/amount");
  }

  @Test
  void a_quantity_may_not_become_another() {
    assertThat(pointers(edits(Contracts.ORDER_CREATED, data -> item(data).put("quantity", 2))))
        .containsExactly("/items/0/quantity");
  }

  @Test
  void a_list_may_neither_grow_nor_shrink() {
    assertThat(
            pointers(
                edits(Contracts.ORDER_CREATED, data -> ((ArrayNode) data.path("items")).remove(1))))
        .containsExactly("/items");
    assertThat(
            pointers(
                edits(
                    Contracts.ORDER_CREATED,
                    data -> ((ArrayNode) data.path("items")).add(item(data).deepCopy()))))
        .containsExactly("/items");
  }

  @Test
  void invalid_values_may_be_corrected() {
    Event whole = event(Contracts.ORDER_CREATED);
    ObjectNode broken = (ObjectNode) JsonMapper.shared().readTree(whole.data());
    item(broken).put("quantity", 0).put("productId", "a laptop").remove("unitPrice");
    broken.remove("customerId");

    assertThat(policy.check(whole.withData(broken.toString()), whole.data())).isEmpty();
    assertThat(policy.check(whole.withData("not even JSON"), whole.data())).isEmpty();
  }

  @Test
  void a_broken_id_of_the_event_itself_can_only_become_the_envelopes() {
    Event whole = event(Contracts.ORDER_CREATED);
    ObjectNode broken = (ObjectNode) JsonMapper.shared().readTree(whole.data());
    broken.put("orderId", "?");
    ObjectNode other = broken.deepCopy();
    other.put("orderId", Samples.PAYMENT.toString());

    assertThat(policy.check(whole.withData(broken.toString()), whole.data())).isEmpty();
    assertThat(policy.check(whole.withData(broken.toString()), other.toString())).hasSize(1);
  }

  @Test
  void an_event_of_an_unknown_type_cannot_be_edited() {
    Event event = event(Contracts.ORDER_CREATED);
    Event unknown =
        new Event(
            event.id(),
            "sales.order.eaten",
            event.subject(),
            event.key(),
            event.time(),
            event.correlationId(),
            null,
            null,
            null,
            "{}");

    assertThat(policy.check(unknown, "{}")).hasSize(1);
  }

  private List<Violation> edits(String type, Consumer<ObjectNode> edit) {
    Event event = event(type);
    ObjectNode data = (ObjectNode) JsonMapper.shared().readTree(event.data());
    edit.accept(data);
    return policy.check(event, data.toString());
  }

  private Event event(String type) {
    List<String> names = Contracts.ALL.stream().<String>map(Contract::name).toList();
    return catalogue.envelop(
        Samples.EVENT, Samples.ALL.get(names.indexOf(type)), Samples.CAUSE, Samples.TIME);
  }

  private static ObjectNode item(ObjectNode data) {
    return (ObjectNode) data.path("items").path(0);
  }

  private static List<String> pointers(List<Violation> violations) {
    return violations.stream().map(Violation::pointer).toList();
  }
}
