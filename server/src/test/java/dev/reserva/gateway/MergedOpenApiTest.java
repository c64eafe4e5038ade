package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MergedOpenApiTest {

  private static ObjectNode parsed(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }

  @Test
  void paths_come_from_their_service_and_the_rest_is_united() {
    Map<Service, ObjectNode> documents = new LinkedHashMap<>();
    documents.put(
        Service.SALES,
        parsed(
            """
            {"openapi": "3.1.0", "info": {"title": "Reserva"},
             "tags": [{"name": "orders"}, {"name": "privacy"}],
             "paths": {"/api/orders": {"get": {"summary": "s"}},
                       "/api/customers/{id}/export": {"get": {"summary": "of sales"}},
                       "/internal/x": {"get": {}}},
             "components": {"schemas": {"Order": {"type": "object"},
                                        "P": {"allOf": [{"$ref": "#/x"}, {"properties": {"a": {"type": "string"}}}]}}}}
            """));
    documents.put(
        Service.CUSTOMERS,
        parsed(
            """
            {"openapi": "3.1.0", "info": {"title": "Another"},
             "tags": [{"name": "privacy"}, {"name": "customers"}],
             "paths": {"/api/customers": {"get": {"summary": "c"}},
                       "/api/customers/{id}/export": {"get": {"summary": "of customers"}}},
             "components": {"schemas": {"Customer": {"type": "object"},
                                        "P": {"allOf": [{"$ref": "#/x"}, {"properties": {"b": {"type": "string"}}}]}}}}
            """));

    documents.put(
        Service.OPERATIONS,
        parsed(
            """
            {"openapi": "3.1.0", "info": {"title": "Another"},
             "tags": [{"name": "privacy"}],
             "paths": {"/api/customers/{id}/export": {"get": {"summary": "of operations"}}}}
            """));

    assertThat(MergedOpenApi.of(documents))
        .isEqualTo(
            parsed(
                """
                {"openapi": "3.1.0", "info": {"title": "Reserva"},
                 "tags": [{"name": "orders"}, {"name": "privacy"}, {"name": "customers"}],
                 "paths": {"/api/orders": {"get": {"summary": "s"}},
                           "/api/customers": {"get": {"summary": "c"}},
                           "/api/customers/{id}/export": {"get": {"summary": "of operations"}}},
                 "components": {"schemas": {
                     "Order": {"type": "object"}, "Customer": {"type": "object"},
                     "P": {"allOf": [{"$ref": "#/x"},
                         {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}]}}}}
                """));
  }
}
