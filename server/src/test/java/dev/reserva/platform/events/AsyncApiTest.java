package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AsyncApiTest {

  private final Schemas schemas = new Schemas();
  private final ObjectNode document =
      new AsyncApi(
              schemas,
              Map.of("sales", Set.of(Contracts.STOCK_RESERVED, Contracts.PAYMENT_APPROVED)))
          .document();

  @Test
  void it_is_an_asyncapi_3_document() {
    assertThat(document.path("asyncapi").asString()).isEqualTo("3.1.0");
    assertThat(document.path("info").path("title").asString()).isNotEmpty();
    assertThat(document.path("info").path("version").asString()).isNotEmpty();
    assertThat(document.propertyNames())
        .containsExactlyInAnyOrder(
            "asyncapi",
            "info",
            "defaultContentType",
            "servers",
            "channels",
            "operations",
            "components");
    for (JsonNode operation : document.path("operations")) {
      assertThat(operation.path("action").asString()).isIn("send", "receive");
      assertThat(document.at(operation.path("channel").path("$ref").asString().substring(1)))
          .isInstanceOf(ObjectNode.class);
    }
    // Names of channels, operations and components.
    List.of("/channels", "/operations", "/components/messages", "/components/schemas")
        .forEach(names ->
            assertThat(document.at(names).propertyNames())
                .allSatisfy(name -> assertThat(name).matches("[a-zA-Z0-9._-]+")));
  }

  @Test
  void every_reference_leads_to_a_part_of_the_document() {
    List<String> references = new ArrayList<>();
    collect(document, references);

    assertThat(references).hasSizeGreaterThan(100);
    for (String reference : references) {
      assertThat(reference).startsWith("#/");
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void every_event_is_published_once_and_messages_of_operations_belong_to_their_channel() {
    List<String> sent = new ArrayList<>();
    for (var operation : document.path("operations").properties()) {
      String channel = operation.getValue().path("channel").path("$ref").asString();
      for (JsonNode message : operation.getValue().path("messages")) {
        assertThat(message.path("$ref").asString()).startsWith(channel + "/messages/");
        if (operation.getValue().path("action").asString().equals("send")) {
          sent.add(message.path("$ref").asString());
        }
      }
    }
    assertThat(sent).hasSize(Contracts.ALL.size()).doesNotHaveDuplicates();
  }

  @Test
  void the_payload_of_each_event_is_described_by_its_schema() {
    for (Schemas.Published schema : schemas.all()) {
      JsonNode payload =
          document.path("components").path("schemas").path(schema.type().replace('.', '_'));
      assertThat(payload.path("required")).isEqualTo(schema.node().path("required"));
      assertThat(payload.path("properties").propertyNames())
          .isEqualTo(schema.node().path("properties").propertyNames());
    }
    assertThat(document.toString()).doesNotContain("$defs", "$schema", "$id");
    assertThat(document.at("/components/schemas/sales_order_created/properties/items/items"))
        .hasToString("{\"$ref\":\"#/components/schemas/item\"}");
    assertThat(document.at("/components/schemas/sales_order_created/properties/total/allOf"))
        .hasToString("[{\"$ref\":\"#/components/schemas/money\"}]");
  }

  @Test
  void it_names_the_subscribers_of_each_event() {
    assertThat(document.at("/operations/sales_hears_inventory/messages").toString())
        .isEqualTo("[{\"$ref\":\"#/channels/inventory/messages/inventory_stock_reserved\"}]");
    assertThat(document.at("/operations/sales_hears_financial/action").asString())
        .isEqualTo("receive");
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.path("$ref").isString()) {
      references.add(node.path("$ref").stringValue());
    }
    node.forEach(child -> collect(child, references));
  }
}
