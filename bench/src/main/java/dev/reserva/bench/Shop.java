package dev.reserva.bench;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** A shop on the measured server: its products and its one customer. */
public final class Shop {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Enough that no run sells out. */
  private static final int STOCK = 1_000_000;

  private static final int CREATORS = 8;

  /** Lines of an order of many products. */
  private static final int LINES = 50;

  private static final Duration REPEAT_AFTER = Duration.ofMillis(200);

  private static final String WAIT_FOR_DECISION = "Prefer: wait=30\r\n";

  private final URI server;
  private final AdminLogin login;
  private final String customer;
  private final List<String> products;

  private Shop(URI server, AdminLogin login, String customer, List<String> products) {
    this.server = server;
    this.login = login;
    this.customer = customer;
    this.products = products;
  }

  /** The same shop on a restarted server. */
  Shop movedTo(URI where) {
    return new Shop(where, login.movedTo(where), customer, products);
  }

  /** Logs in, and creates the customer and the products. */
  public static Shop create(URI server, String adminPassword, int skus)
      throws IOException, InterruptedException {
    try (HttpConnection connection = new HttpConnection(server)) {
      AdminLogin login = AdminLogin.at(server, adminPassword);
      Map<String, String> buyer = Map.of("name", "Ada Buyer", "email", "buyer@example.org");
      String customer = member(send(connection, "/api/customers", login.header(), buyer), "id");
      return new Shop(server, login, customer, products(server, login, skus));
    }
  }

  private static List<String> products(URI server, AdminLogin login, int skus)
      throws InterruptedException {
    AtomicInteger numbers = new AtomicInteger();
    List<Future<List<String>>> parts = new ArrayList<>();
    List<String> products = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CREATORS; i++) {
        parts.add(
            threads.submit(() -> {
              List<String> made = new ArrayList<>();
              try (HttpConnection connection = new HttpConnection(server)) {
                for (int n = numbers.incrementAndGet(); n <= skus; n = numbers.incrementAndGet()) {
                  made.add(
                      member(
                          send(connection, "/api/inventory/products", login.header(), product(n)),
                          "id"));
                }
              }
              return made;
            }));
      }
      for (Future<List<String>> part : parts) {
        products.addAll(part.get());
      }
    } catch (ExecutionException e) {
      throw new BenchFailure("the products cannot be created: " + e.getCause(), e);
    }
    return List.copyOf(products);
  }

  private static Map<String, Object> product(int number) {
    return Map.of(
        "sku",
        "SKU-" + number,
        "name",
        "Article " + number,
        "price",
        Map.of("amount", "10.00", "currency", "BRL"),
        "stock",
        STOCK);
  }

  private static Answer send(HttpConnection connection, String path, String headers, Object body)
      throws IOException {
    return connection.post(path, headers, JSON.writeValueAsString(body));
  }

  private static String member(Answer answer, String name) {
    if (answer.status() >= 300) {
      throw new BenchFailure("the server answers " + answer.status() + ": " + answer.text());
    }
    return JSON.readTree(answer.text()).path(name).asString();
  }

  /**
   * Orders each product once. A system of several databases knows a product, and its customer, some
   * time after it was created; until then it refuses the order, which is repeated.
   *
   * @return how many orders were accepted
   * @throws BenchFailure if an order is still refused at the time-out
   */
  public int orderEach(Duration timeout) throws IOException, InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    int orders = 0;
    try (HttpConnection connection = new HttpConnection(server)) {
      for (int from = 0; from < products.size(); from += LINES) {
        String order = order(products.subList(from, Math.min(products.size(), from + LINES)));
        Answer answer = connection.post("/api/orders", login.header(), order);
        while (answer.status() == 422 || answer.status() == 503) {
          if (System.nanoTime() > end) {
            throw new BenchFailure("the products cannot be ordered: " + answer.text());
          }
          Thread.sleep(REPEAT_AFTER);
          answer = connection.post("/api/orders", login.header(), order);
        }
        member(answer, "id");
        orders++;
      }
    }
    return orders;
  }

  private String order(List<String> ordered) {
    return JSON.writeValueAsString(
        Map.of(
            "customerId",
            customer,
            "items",
            ordered.stream().map(id -> Map.of("productId", id, "quantity", 1)).toList(),
            "payment",
            Map.of("method", "credit_card", "token", "tok_approve")));
  }

  /** Buyers whose calls are whole sagas: the answer comes when the order is decided. */
  public Client.Factory wholeSagas() {
    return () -> buyer(WAIT_FOR_DECISION, "CONFIRMED", false);
  }

  /** Buyers whose calls end when the order is accepted. */
  Client.Factory acceptances() {
    return () -> buyer("", "PENDING", false);
  }

  /** Buyers of whole sagas whose orders all contain the same product. */
  Client.Factory wholeSagasOfOneProduct() {
    return () -> buyer(WAIT_FOR_DECISION, "CONFIRMED", true);
  }

  /** Buyers who count refusals and other answers. */
  Client.Factory acceptances(Rejections rejections) {
    return () -> new CountingBuyer(buyer("", "PENDING", false), rejections);
  }

  /** The server's public API. */
  public ServerApi api() {
    return new ServerApi(server, login);
  }

  private Buyer buyer(String preference, String status, boolean hot) {
    return new Buyer(server, login, preference, status, new Buyer.Baskets(customer, products, hot));
  }

  /** Counts other answers than 201 instead of failing. */
  private record CountingBuyer(Buyer buyer, Rejections rejections) implements Client {
    @Override
    public boolean call() {
      long sent = System.nanoTime();
      try {
        Answer answer = buyer.order();
        if (answer.status() == 201) {
          return true;
        }
        if (answer.status() == 503 && answer.hasRetryAfter()) {
          rejections.refused(System.nanoTime() - sent);
        } else {
          rejections.answered(answer.status());
        }
      } catch (IOException e) {
        rejections.unanswered(e);
      }
      return false;
    }

    @Override
    public void close() throws IOException {
      buyer.close();
    }
  }
}
