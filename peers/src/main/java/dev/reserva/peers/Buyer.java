package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.Client;
import dev.reserva.harness.HttpConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Keeps ordering two random products, none of which sells out. */
final class Buyer implements Client {
  private final Storefront storefront;
  private final List<String> products;
  private final HttpConnection connection;

  Buyer(Storefront storefront, List<String> products) {
    this.storefront = storefront;
    this.products = products;
    this.connection = storefront.connect();
  }

  @Override
  public boolean call() throws IOException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int one = random.nextInt(products.size());
    int other = random.nextInt(products.size() - 1);
    other = other >= one ? other + 1 : other;
    Storefront.Decision decision =
        storefront.order(connection, products.get(one), products.get(other));
    if (decision != Storefront.Decision.CONFIRMED) {
      throw new BenchFailure("an order of products in stock is " + decision);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
