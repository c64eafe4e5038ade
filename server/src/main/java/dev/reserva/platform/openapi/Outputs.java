package dev.reserva.platform.openapi;

import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/** Describes the answers of an operation: successes and refusals. */
final class Outputs {

  /** Header of an answer that waited as the request preferred (RFC 7240). */
  private static final String PREFERENCE_APPLIED = "Preference-Applied";

  /** Draft-ietf-httpapi-ratelimit-headers-10. */
  static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

  static final String RATE_LIMIT = "RateLimit";

  private final JsonSchemas schemas;
  private final ProblemAnswers problems;

  Outputs(JsonSchemas schemas, ProblemAnswers problems) {
    this.schemas = schemas;
    this.problems = problems;
  }

  void describe(Operation operation, Handler handler) {
    Map<String, ApiResponse> answers = new TreeMap<>();
    List<Answers> told = handler.annotations(Answers.class);
    if (told.isEmpty()) {
      answers.put("200", answer(handler, 200, handler.returned(), "application/json"));
    }
    for (Answers one : told) {
      Optional<Type> body =
          one.body() != Void.class
              ? Optional.of(one.body())
              : one.status() == 204 ? Optional.empty() : handler.returned();
      answers.put(
          Integer.toString(one.status()),
          withHeaders(answer(handler, one.status(), body, one.mediaType()), one));
    }
    if (handler.isConditional()) {
      ApiResponse unchanged = new ApiResponse().description("`If-None-Match` names its version.");
      addHeader(unchanged, RequestContext.CORRELATION_HEADER);
      addHeader(unchanged, HttpHeaders.ETAG);
      answers.put("304", unchanged);
    }
    problems.of(handler).forEach((status, refusal) -> answers.put(status.toString(), refusal));
    ApiResponses all = new ApiResponses();
    answers.forEach(all::addApiResponse);
    all.addApiResponse("default", problems.ofTheServer());
    operation.setResponses(all);
  }

  private ApiResponse answer(Handler handler, int status, Optional<Type> body, String mediaType) {
    ApiResponse answer = new ApiResponse().description(description(status));
    body.ifPresent(type ->
        answer.setContent(
            new Content().addMediaType(mediaType, new MediaType().schema(schemas.written(type)))));
    addHeader(answer, RequestContext.CORRELATION_HEADER);
    addHeader(answer, RATE_LIMIT_POLICY);
    addHeader(answer, RATE_LIMIT);
    if (status == 201) {
      addHeader(answer, HttpHeaders.LOCATION);
    }
    if (handler.isCommand()) {
      addHeader(answer, Commands.REPLAYED_HEADER);
    }
    return answer;
  }

  private static ApiResponse withHeaders(ApiResponse answer, Answers told) {
    if (told.tagged()) {
      addHeader(answer, HttpHeaders.ETAG);
    }
    for (String name : told.headers()) {
      addHeader(answer, name);
    }
    return answer;
  }

  private static String description(int status) {
    return switch (status) {
      case 200 -> "The requested resource, or the changed resource in its new state.";
      case 201 -> "The resource is created.";
      case 202 -> "The request is accepted and completed after this answer.";
      case 204 -> "The request is completed.";
      default -> throw new IllegalArgumentException("no description of status " + status);
    };
  }

  static void addHeader(ApiResponse answer, String name) {
    answer.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
  }

  /** All headers that {@link #addHeader} refers to. */
  static Map<String, Header> headers() {
    Map<String, Header> headers = new TreeMap<>();
    headers.put(
        RequestContext.CORRELATION_HEADER,
        header("Identifies the request and all events that it causes.", "order-1f0a")
            .required(true));
    headers.put(
        Commands.REPLAYED_HEADER,
        header("`true` if the answer is that of an earlier request with the same key.", "true"));
    headers.put(
        HttpHeaders.LOCATION,
        header(
            "The path of the new resource.", "/api/orders/019ac1f2-7d3b-7c4e-9a51-3f0c8b6e2d10"));
    headers.put(HttpHeaders.ETAG, header("The version, for `If-Match`.", "\"3\""));
    headers.put(HttpHeaders.RETRY_AFTER, header("Seconds to wait before another attempt.", "1"));
    headers.put(
        RATE_LIMIT_POLICY,
        header(
            "The budget of such requests and its period in seconds.",
            "\"customer-writes\";q=200;w=10"));
    headers.put(
        RATE_LIMIT,
        header(
            "How many more may follow at once, and the seconds until the budget is whole again.",
            "\"customer-writes\";r=199;t=1"));
    headers.put(HttpHeaders.WWW_AUTHENTICATE, header("How to authenticate (RFC 6750).", "Bearer"));
    headers.put(
        PREFERENCE_APPLIED, header("The preference of `Prefer` that was applied.", "wait=10"));
    return headers;
  }

  private static Header header(String description, String example) {
    Schema<?> schema = Schemas.ofType("string");
    schema.setExample(example);
    return new Header().description(description).schema(schema);
  }
}
