package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

/**
 * The HTTP interface by which a shop takes orders of two lines.
 *
 * @param server the URL of the shop
 * @param path of the request
 * @param headers give whole lines, each ended by CR LF; may be empty. Asked for each request,
 *     because the token among them may change
 */
record Storefront(URI server, String path, Supplier<String> headers, Basket basket) {
  private static final String STATUS = "\"status\":\"";

  /** The request's body. */
  @FunctionalInterface
  interface Basket {
    String of(String one, String other);
  }

  /** How an order ended. */
  enum Decision {
    CONFIRMED,
    CANCELLED
  }

  HttpConnection connect() {
    return new HttpConnection(server);
  }

  /**
   * Orders one unit of each product and waits for the decision.
   *
   * @throws BenchFailure if there is no decision
   */
  Decision order(HttpConnection connection, String one, String other) throws IOException {
    return decision(connection.post(path, headers.get(), basket.of(one, other)));
  }

  /**
   * The order's status is the first one in its JSON. Parsing the whole JSON would cost CPU time.
   */
  private static Decision decision(Answer answer) {
    String order = answer.text();
    int status = order.indexOf(STATUS) + STATUS.length();
    if (answer.status() == 201 && status >= STATUS.length()) {
      for (Decision decision : Decision.values()) {
        if (order.startsWith(decision.name() + '"', status)) {
          return decision;
        }
      }
    }
    throw new BenchFailure("an order was answered " + answer.status() + ": " + order);
  }
}
