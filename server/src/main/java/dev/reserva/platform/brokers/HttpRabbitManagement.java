package dev.reserva.platform.brokers;

import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** RabbitMQ's management API over HTTP. The user needs the tag {@code management}. */
final class HttpRabbitManagement implements RabbitManagement {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /** Some 50,000 queues or bindings. */
  private static final int MAX_ANSWER_BYTES = 32 << 20;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String address;
  private final String virtualHost;
  private final String authorization;

  /**
   * @param address without a path, or with the prefix of the API
   */
  HttpRabbitManagement(URI address, String virtualHost, String username, String password) {
    this.address = address.toString().replaceFirst("/+$", "");
    this.virtualHost = URLEncoder.encode(virtualHost, StandardCharsets.UTF_8).replace("+", "%20");
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Queue> queues() {
    return get("queues", "?columns=name,type,arguments,effective_policy_definition")
        .valueStream()
        .map(queue ->
            new Queue(
                queue.path("name").asString(""),
                queue.path("type").asString(""),
                texts(queue.path("arguments")),
                texts(queue.path("effective_policy_definition"))))
        .toList();
  }

  @Override
  public List<Binding> bindings() {
    return get("bindings", "")
        .valueStream()
        .filter(binding -> !binding.path("source").asString("").isEmpty())
        .map(binding ->
            new Binding(
                binding.path("source").asString(""),
                binding.path("destination").asString(""),
                binding.path("destination_type").asString("").equals("queue"),
                binding.path("routing_key").asString(""),
                texts(binding.path("arguments"))))
        .toList();
  }

  /** RabbitMQ writes an empty object as an empty array. */
  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.propertyStream().forEach(each -> texts.put(each.getKey(), each.getValue().asString()));
    return texts;
  }

  private JsonNode get(String what, String query) {
    URI uri = URI.create("%s/api/%s/%s%s".formatted(address, what, virtualHost, query));
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", authorization).build();
    HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    try {
      HttpResponse<byte[]> answer =
          http.sendAsync(
                  request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES))
              .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return switch (answer.statusCode()) {
        case 200 -> JSON.readTree(answer.body());
        case 401 -> throw new IOException("it refuses the user; give it the tag management");
        default -> throw new IOException("it answers with status " + answer.statusCode());
      };
    } catch (ExecutionException e) {
      throw failure(reason(e.getCause() == null ? e : e.getCause()), e);
    } catch (TimeoutException e) {
      throw failure("no answer within %d s".formatted(ANSWER_LIMIT.toSeconds()), e);
    } catch (IOException e) {
      throw failure(reason(e), e);
    } catch (JacksonException e) {
      throw failure("its answer is no JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", e);
    } finally {
      http.shutdownNow();
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private BrokerUnavailable failure(String reason, Exception e) {
    return new BrokerUnavailable(
        "RabbitMQ's management API cannot be used at %s: %s".formatted(address, reason), e);
  }
}
