package dev.reserva.bench;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Orders two products with each call, and requires a certain status of the order. */
final class Buyer implements Client {
  private final HttpConnection connection;
  private final AdminLogin login;
  private final String preference;
  private final String expectedStatus;
  private final Baskets baskets;

  /**
   * @param preference a whole header line, ended by CR LF, or empty
   * @param status the order's status in the answer
   */
  Buyer(URI server, AdminLogin login, String preference, String status, Baskets baskets) {
    this.connection = new HttpConnection(server);
    this.login = login;
    this.preference = preference;
    this.expectedStatus = "\"status\":\"" + status + "\"";
    this.baskets = baskets;
  }

  /**
   * Chooses the products of orders.
   *
   * @param hot whether the first of the two products is the same in all orders
   */
  record Baskets(String customer, List<String> products, boolean hot) {
    /** The JSON of one order. */
    String next() {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int one = hot ? 0 : random.nextInt(products.size());
      int other = random.nextInt(products.size() - 1);
      other = other >= one ? other + 1 : other;
      return """
      {"customerId":"%s","items":[{"productId":"%s","quantity":1},{"productId":"%s","quantity":1}],\
      "payment":{"method":"credit_card","token":"tok_approve"}}\
      """
          .formatted(customer, products.get(one), products.get(other));
    }
  }

  Answer order() throws IOException {
    return connection.post("/api/orders", login.header() + preference, baskets.next());
  }

  /**
   * The order's status is the first one in its JSON. Parsing the whole JSON would cost CPU time.
   */
  @Override
  public boolean call() throws IOException {
    Answer answer = order();
    if (answer.status() == 503) {
      return false;
    }
    String order = answer.text();
    int first = order.indexOf("\"status\":");
    if (answer.status() != 201 || first < 0 || !order.startsWith(expectedStatus, first)) {
      throw new BenchFailure("an order was answered " + answer.status() + ": " + order);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
