package dev.reserva.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.openapi.DescribedApi.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison detects every kind of wrong answer. */
class DescribedApiTest {

  private static final DescribedApi API =
      new DescribedApi(
          """
          {
            "openapi": "3.1.0",
            "paths": {
              "/api/orders/{id}": {
                "get": {
                  "responses": {
                    "200": {
                      "headers": {"X-Correlation-Id": {"required": true}, "ETag": {}},
                      "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Order"}}
                      }
                    },
                    "404": {"$ref": "#/components/responses/NotFound"}
                  }
                },
                "delete": {"responses": {"204": {"description": "done"}}}
              },
              "/api/orders/stuck": {"get": {"responses": {}}}
            },
            "components": {
              "responses": {
                "NotFound": {
                  "content": {
                    "application/problem+json": {
                      "schema": {"$ref": "#/components/schemas/NotFoundProblem"}
                    }
                  }
                }
              },
              "schemas": {
                "Order": {
                  "type": "object",
                  "required": ["id", "status", "reason"],
                  "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "status": {"type": "string", "enum": ["PENDING", "PAID"]},
                    "reason": {"type": ["string", "null"]}
                  }
                },
                "Problem": {
                  "type": "object",
                  "required": ["type"],
                  "properties": {"type": {"type": "string"}, "title": {"type": "string"}}
                },
                "NotFoundProblem": {
                  "allOf": [
                    {"$ref": "#/components/schemas/Problem"},
                    {"type": "object", "properties": {"type": {"const": "/problems/not-found"}}}
                  ]
                }
              }
            }
          }
          """);

  private static final String ORDER =
      """
      {"id":"019ac1f2-7d3b-7c4e-9a51-3f0c8b6e2d10","status":"PAID","reason":null}\
      """;
  private static final String NOT_FOUND =
      """
      {"type":"/problems/not-found","title":"Not found"}\
      """;

  private static List<String> violations(
      String method, String path, int status, String type, String body) {
    return API.violations(
        new Answer(
            method, path, status, Map.of("content-type", type, "x-correlation-id", "1"), body));
  }

  private static List<String> order(String body) {
    return violations("GET", "/api/orders/1", 200, "application/json;charset=UTF-8", body);
  }

  private static List<String> refused(int status, String body) {
    return violations("GET", "/api/orders/1", status, "application/problem+json", body);
  }

  @Test
  void a_described_answer_passes() {
    assertThat(order(ORDER)).isEmpty();
    assertThat(refused(404, NOT_FOUND)).isEmpty();
    assertThat(violations("DELETE", "/api/orders/1", 204, "", "")).isEmpty();
  }

  @Test
  void a_missing_member_is_noticed() {
    assertThat(order(ORDER.replace(",\"reason\":null", "")))
        .singleElement()
        .asString()
        .contains("reason");
  }

  @Test
  void a_member_that_is_not_described_is_noticed() {
    assertThat(order(ORDER.replace("}", ",\"total\":1}")))
        .singleElement()
        .asString()
        .contains("total");
    assertThat(refused(404, NOT_FOUND.replace("}", ",\"stackTrace\":\"…\"}")))
        .singleElement()
        .asString()
        .contains("stackTrace");
  }

  @Test
  void a_value_of_another_type_or_format_or_out_of_an_enum_is_noticed() {
    assertThat(order(ORDER.replace("null", "1"))).isNotEmpty();
    assertThat(order(ORDER.replace("019ac1f2-", ""))).isNotEmpty();
    assertThat(order(ORDER.replace("PAID", "paid"))).isNotEmpty();
    assertThat(order("[]")).isNotEmpty();
  }

  @Test
  void a_status_or_problem_type_or_content_type_that_is_not_described_is_noticed() {
    assertThat(refused(409, NOT_FOUND)).containsExactly("the status 409 is not described");
    assertThat(refused(404, NOT_FOUND.replace("not-found", "gone"))).isNotEmpty();
    assertThat(violations("GET", "/api/orders/1", 200, "text/html", ORDER))
        .containsExactly("the content type \"text/html\" is not described");
  }

  @Test
  void a_missing_header_and_one_that_is_not_described_are_noticed() {
    var headers = Map.of("content-type", "application/json", "etag", "\"1\"");
    assertThat(API.violations(new Answer("GET", "/api/orders/1", 200, headers, ORDER)))
        .containsExactly("the header X-Correlation-Id is missing");
    assertThat(API.violations(new Answer("DELETE", "/api/orders/1", 204, Map.of("etag", "1"), "")))
        .containsExactly("the header etag is not described");
  }

  @Test
  void a_body_where_none_is_described_and_one_that_is_no_json_are_noticed() {
    assertThat(violations("DELETE", "/api/orders/1", 204, "", "{}"))
        .containsExactly("no body is described");
    assertThat(order("nonsense")).containsExactly("the body is not JSON");
  }

  @Test
  void an_operation_that_is_not_described_may_only_be_refused() {
    assertThat(violations("PATCH", "/api/orders/1", 405, "application/problem+json", NOT_FOUND))
        .isEmpty();
    assertThat(violations("PATCH", "/api/orders/1", 200, "application/json", ORDER)).isNotEmpty();
    assertThat(violations("GET", "/api/secret", 200, "application/json", "{}")).isNotEmpty();
    assertThat(violations("GET", "/api/secret", 404, "text/html", "<html>")).isNotEmpty();
  }

  @Test
  void the_most_specific_path_counts() {
    assertThat(violations("GET", "/api/orders/stuck", 200, "application/json", ORDER))
        .containsExactly("the status 200 is not described");
  }
}
