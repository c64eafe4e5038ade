package dev.reserva.notifications.adapters.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that answers as the published APIs of Twilio, FCM and Google's tokens do. */
public final class FakeProvider implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Answer> behaviour;

  public FakeProvider(Function<Request, Answer> behaviour) {
    this.behaviour = behaviour;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** A request that has come. */
  public record Request(
      String method, String path, String authorization, String type, String body) {

    public Map<String, String> form() {
      return Arrays.stream(body.split("&"))
          .map(pair -> pair.split("=", 2))
          .collect(
              Collectors.toMap(
                  pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                  pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** The number that an SMS is for. */
    public String to() {
      return form().getOrDefault("To", "");
    }

    public JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /**
   * @param status 0: the request is taken, and its answer lost
   */
  public record Answer(int status, String body) {

    public static final Answer LOST = new Answer(0, "");

    /** As Twilio takes a message. */
    public static Answer queued() {
      return new Answer(
          201, "{\"sid\":\"SM0123456789abcdef0123456789abcdef\",\"status\":\"queued\"}");
    }

    /** As Twilio refuses a message. */
    public static Answer twilioError(int status, int code) {
      return new Answer(
          status,
          "{\"code\":%d,\"message\":\"m\",\"more_info\":\"https://www.twilio.com/docs/errors/%d\",\"status\":%d}"
              .formatted(code, code, status));
    }

    /** As FCM takes a message. */
    public static Answer named() {
      return new Answer(200, "{\"name\":\"projects/shop/messages/0:1500415314455276\"}");
    }

    /** As FCM refuses a message. */
    public static Answer fcmError(int status, String code) {
      return new Answer(
          status,
          ("{\"error\":{\"code\":%d,\"message\":\"m\",\"status\":\"NOT_FOUND\",\"details\":[{\"@type\":"
                  + "\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"%s\"}]}}")
              .formatted(status, code));
    }

    /** As Google gives a token. */
    public static Answer token(String token) {
      return new Answer(
          200,
          "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
              .formatted(token));
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Answers in this way from now on. */
  public void answer(Function<Request, Answer> next) {
    behaviour = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      Answer answer = behaviour.apply(request);
      if (answer.status() == 0) {
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
