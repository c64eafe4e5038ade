package dev.reserva.torture.shop;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A customer, its products, and the orders that it makes. The prices here are those that the server
 * must charge.
 */
public final class Shop {
  /** Enough that no product sells out, so that only the fault makes the server refuse an order. */
  public static final int STOCK = 1_000_000;

  private static final int PRODUCTS = 40;
  private static final int MOST_LINES = 3;
  private static final int MOST_UNITS = 3;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final URI server;
  private final Session session;
  private final String customer;
  private final List<Product> products;

  /**
   * @param cents its price
   */
  public record Product(String id, int cents) {}

  private Shop(URI server, Session session, String customer, List<Product> products) {
    this.server = server;
    this.session = session;
    this.customer = customer;
    this.products = products;
  }

  /** Creates the customer and the products. */
  public static Shop create(URI server, String adminPassword) throws IOException {
    Session session = new Session(server, adminPassword);
    try (Api api = new Api(server, session, ANSWER_LIMIT)) {
      String customer =
          api.post(
                  "/api/customers",
                  Map.of("name", "Ada Buyer", "email", UUID.randomUUID() + "@example.org"))
              .expect(201)
              .path("id")
              .asString();
      List<Product> products = new ArrayList<>();
      for (int n = 1; n <= PRODUCTS; n++) {
        int cents = 100 + 37 * n;
        products.add(new Product(product(api, "Article " + n, cents), cents));
      }
      return new Shop(server, session, customer, List.copyOf(products));
    }
  }

  private static String product(Api api, String name, int cents) throws IOException {
    return api.post("/api/inventory/products", product(name, cents))
        .expect(201)
        .path("id")
        .asString();
  }

  /** The body of a request that creates a product. */
  public static Map<String, Object> product(String name, int cents) {
    return Map.of(
        "sku",
        "SKU-" + UUID.randomUUID(),
        "name",
        name,
        "price",
        Map.of("amount", amount(cents), "currency", "BRL"),
        "stock",
        STOCK);
  }

  /** 1234 cents as {@code 12.34}. */
  public static String amount(long cents) {
    return "%d.%02d".formatted(cents / 100, cents % 100);
  }

  public Api api() {
    return api(ANSWER_LIMIT);
  }

  /**
   * @param limit time-out of an answer
   */
  public Api api(Duration limit) {
    return new Api(server, session, limit);
  }

  /** The same shop through another port. */
  public Shop through(int port) {
    return new Shop(URI.create("http://localhost:" + port), session, customer, products);
  }

  public URI server() {
    return server;
  }

  public String customer() {
    return customer;
  }

  public List<Product> products() {
    return products;
  }

  /** A new order of one to three products. Most payments are approved in the end. */
  public Order order(RandomGenerator random) {
    return order(random, token(random));
  }

  /** A new order with this payment token. */
  public Order order(RandomGenerator random, String token) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    long cents = 0;
    int lineCount = random.nextInt(1, MOST_LINES + 1);
    while (lines.size() < lineCount) {
      Product product = products.get(random.nextInt(products.size()));
      int units = random.nextInt(1, MOST_UNITS + 1);
      if (lines.putIfAbsent(product.id(), units) == null) {
        cents += (long) units * product.cents();
      }
    }
    String json =
        Api.JSON.writeValueAsString(
            Map.of(
                "customerId",
                customer,
                "items",
                lines.entrySet().stream()
                    .map(line -> Map.of("productId", line.getKey(), "quantity", line.getValue()))
                    .toList(),
                "payment",
                Map.of("method", "credit_card", "token", token)));
    Order.ExpectedStatus expected =
        token.equals("tok_decline")
            ? Order.ExpectedStatus.CANCELLED
            : Order.ExpectedStatus.CONFIRMED;
    return new Order(UUID.randomUUID().toString(), lines, cents, expected, json);
  }

  /** A payment token: approved at once, after a delay or on a second attempt, or declined. */
  private static String token(RandomGenerator random) {
    int dice = random.nextInt(20);
    if (dice < 15) {
      return "tok_approve";
    }
    return switch (dice) {
      case 15, 16 -> "tok_slow_200";
      case 17, 18 -> "tok_flaky_1";
      default -> "tok_decline";
    };
  }
}
