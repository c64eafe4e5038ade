package dev.reserva.platform.openapi;

import dev.reserva.platform.openapi.PlatformProblems.Refusal;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Describes the refusals of operations. Each problem type is a schema; each status is an answer.
 */
final class ProblemAnswers {

  private static final String PROBLEM = "Problem";
  private static final String MEDIA_TYPE = "application/problem+json";
  private static final String SERVER = "RefusedByTheServer";

  private final JsonSchemas schemas;
  private final SortedMap<String, ApiResponse> shared = new TreeMap<>();
  private final Map<String, Integer> statuses = new TreeMap<>();

  ProblemAnswers(JsonSchemas schemas) {
    this.schemas = schemas;
    schemas.reference(PROBLEM, ProblemAnswers.class, ProblemAnswers::problem);
  }

  /** Answers that many operations have, by name. */
  SortedMap<String, ApiResponse> shared() {
    return shared;
  }

  /** By status. */
  Map<Integer, ApiResponse> of(Handler handler) {
    List<Refusal> platforms = PlatformProblems.of(handler);
    List<Refusal> own = handler.annotations(Refuses.class).stream().map(Refusal::of).toList();
    Map<Integer, List<Refusal>> all =
        Stream.concat(own.stream(), platforms.stream())
            .collect(Collectors.groupingBy(Refusal::status, TreeMap::new, Collectors.toList()));
    Map<Integer, ApiResponse> answers = new TreeMap<>();
    all.forEach((status, refusals) ->
        answers.put(
            status,
            platforms.containsAll(refusals)
                ? shared(camel(refusals.getFirst().type()), refusals)
                : answer(distinct(refusals))));
    return answers;
  }

  /** The answers that apply to any operation. */
  ApiResponse ofTheServer() {
    return shared(SERVER, PlatformProblems.ofTheServer());
  }

  /** An operation's own description of a type takes precedence over the platform's. */
  private static List<Refusal> distinct(List<Refusal> refusals) {
    return refusals.stream()
        .collect(
            Collectors.toMap(
                Refusal::type,
                refusal -> refusal,
                (own, platforms) -> own,
                java.util.LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private ApiResponse shared(String name, List<Refusal> refusals) {
    shared.computeIfAbsent(name, any -> answer(refusals));
    return new ApiResponse().$ref("#/components/responses/" + name);
  }

  private ApiResponse answer(List<Refusal> refusals) {
    Schema<?> either = Schemas.any();
    Discriminator byType = new Discriminator().propertyName("type");
    for (Refusal refusal : refusals) {
      Schema<?> type = schema(refusal);
      either.addOneOfItem(type);
      byType.mapping("/problems/" + refusal.type(), type.get$ref());
    }
    either.setDiscriminator(byType);
    Schema<?> schema = refusals.size() == 1 ? schema(refusals.getFirst()) : either;
    ApiResponse answer =
        new ApiResponse()
            .description(
                refusals.stream()
                    .map(it -> "`%s`: %s.".formatted(it.type(), it.when()))
                    .collect(Collectors.joining("\n\n")))
            .content(new Content().addMediaType(MEDIA_TYPE, new MediaType().schema(schema)));
    Outputs.addHeader(answer, RequestContext.CORRELATION_HEADER);
    for (Refusal refusal : refusals) {
      headerOf(refusal.status()).forEach(name -> Outputs.addHeader(answer, name));
    }
    return answer;
  }

  private static List<String> headerOf(int status) {
    return switch (status) {
      case 401 -> List.of(HttpHeaders.WWW_AUTHENTICATE);
      case 429 -> List.of(HttpHeaders.RETRY_AFTER, Outputs.RATE_LIMIT_POLICY, Outputs.RATE_LIMIT);
      case 409, 503 -> List.of(HttpHeaders.RETRY_AFTER);
      case 412 -> List.of(HttpHeaders.ETAG);
      default -> List.of();
    };
  }

  /** The schema of a type, with the members that any operation gives it. */
  private Schema<?> schema(Refusal refusal) {
    Integer known = statuses.putIfAbsent(refusal.type(), refusal.status());
    if (known != null && known != refusal.status()) {
      throw new IllegalStateException(
          "the problem %s has the status %d in one place, %d in another"
              .formatted(refusal.type(), known, refusal.status()));
    }
    String name = camel(refusal.type()) + PROBLEM;
    Schema<?> reference = schemas.reference(name, ProblemAnswers.class, () -> typed(refusal));
    if (refusal.with() != Void.class) {
      Schema<?> own = (Schema<?>) schemas.named(name).getAllOf().get(1);
      schemas.members(refusal.with()).forEach(own::addProperty);
    }
    return reference;
  }

  private static Schema<?> typed(Refusal refusal) {
    Schema<?> own = Schemas.ofType("object");
    own.addProperty("type", Schemas.constant("/problems/" + refusal.type()));
    own.addProperty("status", Schemas.constant(refusal.status()));
    Schema<?> whole = Schemas.any();
    whole.setAllOf(List.of(Schemas.reference(PROBLEM), own));
    return whole;
  }

  /** {@code insufficient-stock} as {@code InsufficientStock}. */
  private static String camel(String type) {
    return Arrays.stream(type.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static Schema<?> problem() {
    Schema<?> problem = Schemas.ofType("object");
    problem.setDescription("A refusal (RFC 9457).");
    problem.addProperty("type", member("Identifies the kind of problem.", "/problems/not-found"));
    problem.addProperty(
        "title", member("The title, the same for all problems of the type.", "Not found"));
    problem.addProperty("status", Schemas.ofType("integer"));
    problem.addProperty(
        "detail", member("What is wrong with this request.", "there is nothing at this path"));
    problem.addProperty("instance", member("The path of the request.", "/api/orders"));
    problem.addProperty(
        "traceId", member("Finds the request in the logs.", "4bf92f3577b34da6a3ce929d0e0e4736"));
    problem.setRequired(List.of("type", "title", "status", "detail", "instance", "traceId"));
    return problem;
  }

  private static Schema<?> member(String description, String example) {
    Schema<?> schema = Schemas.text(description);
    schema.setExample(example);
    return schema;
  }
}
