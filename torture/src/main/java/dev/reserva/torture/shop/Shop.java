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
 * A customer, the products he may buy, and the orders that he makes of them. All of it is
 * remembered here as it was promised, to hold the server to it.
 */
public final class Shop {
  /** So many that nothing is ever sold out: what is refused is refused because of the fault. */
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

  /** Makes the customer and fills the shelves. */
  public static Shop furnish(URI server, String adminPassword) throws IOException {
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

  /** The body that makes a product. */
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
   * @param limit how long an answer may take
   */
  public Api api(Duration limit) {
    return new Api(server, session, limit);
  }

  /** The same shop, reached by another way. */
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

  /** A new order for one to three products; most payments are approved in the end. */
  public Order order(RandomGenerator random) {
    return order(random, token(random));
  }

  /** A new order with this payment token. */
  public Order order(RandomGenerator random, String token) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    long cents = 0;
    int wanted = random.nextInt(1, MOST_LINES + 1);
    while (lines.size() < wanted) {
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
    Order.Fate fate = token.equals("tok_decline") ? Order.Fate.CANCELLED : Order.Fate.CONFIRMED;
    return new Order(UUID.randomUUID().toString(), lines, cents, fate, json);
  }

  /** Quick, slow and stumbling approvals, and some that are declined. */
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
