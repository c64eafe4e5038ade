package dev.reserva.operations.adapters.web;

import dev.reserva.platform.events.AsyncApi;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The event schemas: {@code /schemas} and {@code /asyncapi.json}. */
@Tag(name = "schemas", description = "The events that the services publish.")
@RestController
public final class SchemaController {

  private static final MediaType SCHEMA = new MediaType("application", "schema+json");

  /** The documents change only with a release. */
  private static final CacheControl CACHED = CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

  private final Schemas schemas;
  private final String asyncApi;

  public SchemaController(Schemas schemas, AsyncApi asyncApi) {
    this.schemas = schemas;
    this.asyncApi = asyncApi.document().toString();
  }

  record Entry(String type, int version, String description, String schema) {}

  record Index(List<Entry> schemas) {}

  @Operation(summary = "List the event types")
  @GetMapping("/schemas")
  ResponseEntity<Index> index() {
    return ResponseEntity.ok()
        .cacheControl(CACHED)
        .body(
            new Index(
                schemas.all().stream()
                    .map(schema ->
                        new Entry(
                            schema.type(),
                            schema.version(),
                            schema.description(),
                            Schemas.uriOf(schema.type())))
                    .toList()));
  }

  @Operation(summary = "Get the JSON Schema of an event's payload")
  @Answers(body = ObjectNode.class, mediaType = "application/schema+json")
  @Input(name = "type", what = "The type of the event.")
  @Input(name = "version", what = "The major version of its payload.")
  @GetMapping("/schemas/{type}/{version}")
  ResponseEntity<String> schema(@PathVariable String type, @PathVariable String version) {
    return schemas
        .find(type)
        .filter(schema -> Integer.toString(schema.version()).equals(version))
        .map(schema ->
            ResponseEntity.ok().cacheControl(CACHED).contentType(SCHEMA).body(schema.text()))
        .orElseThrow(() ->
            new Problem(
                404,
                "not-found",
                "Not found",
                "there is no schema of this type and version; GET /schemas lists all"));
  }

  @Operation(summary = "Get the AsyncAPI document")
  @Answers(body = ObjectNode.class)
  @GetMapping("/asyncapi.json")
  ResponseEntity<String> asyncApi() {
    return ResponseEntity.ok()
        .cacheControl(CACHED)
        .contentType(MediaType.APPLICATION_JSON)
        .body(asyncApi);
  }
}
