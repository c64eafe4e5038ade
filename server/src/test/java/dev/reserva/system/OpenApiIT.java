package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.openapi.Linters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code /openapi.json} and {@code /asyncapi.json} are complete and true. Whether answers are as
 * described is checked on every answer of all these tests, by the client's {@code AnswerCheck}.
 */
class OpenApiIT {

  /** The signature is checked before the body. */
  private static final String WEBHOOK = "POST /api/payments/webhook";

  /** Failed attempts count against the admin, whom the other tests need. */
  private static final String LOG_IN = "POST /api/auth/token";

  /** A customer may leave it out; the test is an admin. */
  private static final String OF_STAFF = "/customerId";

  /** The fallback for a status of the framework's that has no type of its own. */
  private static final String FALLBACK = "refused";

  private static final Pattern PROBLEM =
      Pattern.compile(
          "(?:Problem\\.conflict|Problem\\.impossible|unavailable|products|new Problem)"
              + "\\(\\s*(?:[0-9]{3},\\s*)?\"([a-z][a-z-]+)\"");

  private final Shop shop = SharedServer.get().shop();
  private final String text = shop.get("/openapi.json").expect(200).response().body();
  private final JsonNode document = Shop.JSON.readTree(text);

  /** An operation with its names. */
  private record Operation(String verb, String path, JsonNode node) {
    String name() {
      return verb + " " + path;
    }

    /** {@code OrdersController.place}, as its id tells. */
    String method() {
      return node.path("operationId").asString().replace("-", "Controller.");
    }

    JsonNode body() {
      return node.at("/requestBody/content/application~1json");
    }
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    operations.add(
                        new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            operation.getValue()))));
    return operations;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/schemas",
        "/schemas/sales.order.created/1",
        "/asyncapi.json",
        "/.well-known/jwks.json"
      })
  void a_document_that_may_be_cached_says_so_once(String path) {
    assertThat(shop.get(path).expect(200).response().headers().allValues("Cache-Control"))
        .singleElement()
        .asString()
        .contains("max-age=", "public");
  }

  @Test
  void redocly_has_nothing_to_recommend() {
    assertThat(Linters.redocly(text)).isEmpty();
  }

  @Test
  void spectral_finds_no_fault() {
    assertThat(Linters.spectral(text)).isEmpty();
  }

  @Test
  void asyncapis_parser_finds_no_fault() {
    assertThat(Linters.asyncApi(shop.get("/asyncapi.json").expect(200).response().body()))
        .isEmpty();
  }

  @Test
  void a_linter_finds_the_fault_of_a_faulty_document() {
    String faulty = text.replaceFirst("\"summary\":\"[^\"]*\",?", "");
    assertThat(Linters.redocly(faulty)).hasSize(1).first().asString().contains("summary");
    assertThat(Linters.spectral(text.replaceFirst("\"tags\":\\[\"[a-z]+\"\\]", "\"tags\":[\"x\"]")))
        .hasSize(1)
        .first()
        .asString()
        .contains("operation-tag-defined");
    assertThat(Linters.asyncApi("{\"asyncapi\":\"3.1.0\"}")).isNotEmpty();
  }

  @Test
  void every_operation_has_a_summary_a_described_tag_and_described_parameters() {
    Set<String> tags = new TreeSet<>();
    document
        .path("tags")
        .forEach(tag -> {
          if (!tag.path("description").asString("").isBlank()) {
            tags.add(tag.path("name").asString());
          }
        });
    List<String> missing = new ArrayList<>();
    for (Operation operation : operations()) {
      if (operation.node().path("summary").asString("").isBlank()) {
        missing.add(
            "%s: add @Operation(summary = \"…\") to %s"
                .formatted(operation.name(), operation.method()));
      }
      for (JsonNode tag : operation.node().path("tags")) {
        if (!tags.contains(tag.asString())) {
          missing.add(
              "%s: add @Tag(name = \"…\", description = \"…\") to the class of %s"
                  .formatted(operation.name(), operation.method()));
        }
      }
      for (JsonNode parameter : operation.node().path("parameters")) {
        if (parameter.path("description").asString("").isBlank()) {
          missing.add(
              "%s: add @Input(name = \"%s\", what = \"…\") to %s"
                  .formatted(
                      operation.name(), parameter.path("name").asString(), operation.method()));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_operation_says_what_it_answers() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : operations()) {
      operation
          .node()
          .path("responses")
          .properties()
          .forEach(answer -> {
            boolean bodiless = Set.of("204", "304").contains(answer.getKey());
            if (!bodiless && !answer.getValue().has("$ref") && !answer.getValue().has("content")) {
              missing.add(
                  "%s: add @Answers(status = …, body = ….class) to %s"
                      .formatted(operation.name(), operation.method()));
            }
          });
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_problem_that_the_code_can_answer_is_listed_with_an_operation() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (JsonNode schema : document.path("components").path("schemas")) {
      String type = schema.at("/allOf/1/properties/type/const").asString("");
      listed.add(type.replace("/problems/", ""));
    }
    List<String> missing = new ArrayList<>();
    int found = 0;
    try (var files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        Matcher problem = PROBLEM.matcher(Files.readString(file));
        while (problem.find()) {
          found++;
          String type = problem.group(1);
          if (!listed.contains(type) && !type.equals(FALLBACK)) {
            missing.add(
                "%s answers %s: add @Refuses(status = …, type = \"%s\", when = \"…\") to what does"
                    .formatted(file.getFileName(), type, type));
          }
        }
      }
    }
    assertThat(found).isGreaterThan(30);
    assertThat(missing).isEmpty();
  }

  @Test
  void the_required_members_of_a_request_are_those_that_the_server_requires() {
    for (Operation operation : operations()) {
      if (operation.body().isMissingNode() || operation.name().equals(WEBHOOK)) {
        continue;
      }
      Set<String> required = new TreeSet<>();
      Bodies.followed(document, operation.body().path("schema"))
          .path("required")
          .forEach(member -> required.add("/" + member.asString()));
      Set<String> demanded = new TreeSet<>();
      for (JsonNode error : send(operation, "{}").body().path("errors")) {
        if (error.path("message").asString().endsWith(" is required")
            && !error.path("pointer").asString().equals(OF_STAFF)) {
          demanded.add(error.path("pointer").asString());
        }
      }
      assertThat(demanded)
          .as(
              "%s: what is required is @Schema(requiredMode = REQUIRED) in the record that %s reads",
              operation.name(), operation.method())
          .isEqualTo(required);
    }
  }

  @Test
  void a_body_that_the_schema_refuses_is_refused_and_its_example_is_well_formed() {
    int sent = 0;
    for (Operation operation : operations()) {
      if (operation.body().isMissingNode() || operation.name().equals(WEBHOOK)) {
        continue;
      }
      JsonNode example = operation.body().path("example");
      for (Bodies.Wrong wrong : Bodies.wrong(document, operation.body().path("schema"), example)) {
        assertThat(send(operation, wrong.body().toString()).status())
            .as("%s with %s: %s", operation.name(), wrong.how(), wrong.body())
            .isEqualTo(400);
        sent++;
      }
      if (!operation.name().equals(LOG_IN)) {
        assertThat(send(operation, example.toString()).status())
            .as("%s with its example %s", operation.name(), example)
            .isNotEqualTo(400);
      }
    }
    assertThat(sent).isGreaterThan(100);
  }

  private Shop.Reply send(Operation operation, String body) {
    String path = operation.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    return shop.send(operation.verb(), path, body, Map.of());
  }
}
