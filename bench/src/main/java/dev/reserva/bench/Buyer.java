package dev.reserva.bench;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Orders two products with each call, and expects the order in a certain state. */
final class Buyer implements Client {
  private final HttpConnection connection;
  private final String headers;
  private final String wanted;
  private final Baskets baskets;

  /**
   * @param headers whole lines, each ended by CR LF
   * @param status of the order as it is answered
   */
  Buyer(URI server, String headers, String status, Baskets baskets) {
    this.connection = new HttpConnection(server);
    this.headers = headers;
    this.wanted = "\"status\":\"" + status + "\"";
    this.baskets = baskets;
  }

  /**
   * What buyers take.
   *
   * @param hot whether the first one of the two products is the same for everybody
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
    return connection.post("/api/orders", headers, baskets.next());
  }

  /** The order's own status is the first one in its JSON; parsing all of it would cost cores. */
  @Override
  public boolean call() throws IOException {
    Answer answer = order();
    if (answer.status() == 503) {
      return false;
    }
    String order = answer.text();
    int first = order.indexOf("\"status\":");
    if (answer.status() != 201 || first < 0 || !order.startsWith(wanted, first)) {
      throw new BenchFailure("an order is answered " + answer.status() + ": " + order);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
