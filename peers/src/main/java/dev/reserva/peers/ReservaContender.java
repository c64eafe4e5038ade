package dev.reserva.peers;

import dev.reserva.bench.AdminLogin;
import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.ServerProcess;
import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reserva's server as {@code ./reserva up} starts it, called by its public API. */
final class ReservaContender implements Contender {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String COUNT_UNDER_WAY =
      "select count(*) from (select from sales.order where under_way_since is not null limit 1) one";

  private static final String COUNT_ORDERS = "select count(*) from sales.order where status = '%s'";

  private static final String COUNT_OTHER_ORDERS =
      "select count(*) from sales.order where status not in ('CONFIRMED', 'CANCELLED')";

  private static final String COUNT_CAPTURED =
      "select count(*) from psp_simulator.charges where status = 'CAPTURED'";

  private static final String COUNT_KNOWN_PRODUCTS = "select count(*) from sales.product";

  private final String commit;
  private final ServerProcess process;
  private final Database database;
  private final AdminLogin login;
  private final Storefront storefront;
  private final Stock stock;

  private ReservaContender(
      String commit,
      ServerProcess process,
      Database database,
      AdminLogin login,
      Storefront storefront,
      Stock stock) {
    this.commit = commit;
    this.process = process;
    this.database = database;
    this.login = login;
    this.storefront = storefront;
    this.stock = stock;
  }

  /**
   * Starts the server and creates its products.
   *
   * @param jar the packaged program
   * @param skus number of products that do not sell out
   * @param units of each of the two scarce products
   */
  static ReservaContender start(Path jar, String commit, int skus, int units) throws Exception {
    ServerProcess process = ServerProcess.start(jar, List.of());
    try {
      URI server = process.awaitUp();
      Database database = Database.ofServer(process.postgres());
      try (HttpConnection connection = new HttpConnection(server)) {
        AdminLogin login = AdminLogin.at(server, process.adminPassword());
        String customer =
            create(
                connection,
                "/api/customers",
                login.header(),
                Map.of("name", "Ada Buyer", "email", "buyer@example.org"),
                "id");
        Stock stock = createProducts(connection, login, skus, units);
        if (!database.await(COUNT_KNOWN_PRODUCTS, skus + 2L, FINISH_TIMEOUT)) {
          throw new BenchFailure("sales does not know all products after " + FINISH_TIMEOUT);
        }
        Storefront storefront =
            new Storefront(
                server,
                "/api/orders",
                () -> login.header() + "Prefer: wait=30\r\n",
                (one, other) -> basket(customer, one, other));
        return new ReservaContender(commit, process, database, login, storefront, stock);
      } catch (Exception e) {
        database.close();
        throw e;
      }
    } catch (Exception e) {
      process.close();
      throw e;
    }
  }

  private static Stock createProducts(
      HttpConnection connection, AdminLogin login, int skus, int units) throws IOException {
    List<String> plenty = new ArrayList<>();
    for (int n = 1; n <= skus; n++) {
      plenty.add(product(connection, login.header(), "SKU-" + n, Stock.PLENTY));
    }
    return new Stock(
        plenty,
        product(connection, login.header(), "SCARCE-1", units),
        product(connection, login.header(), "SCARCE-2", units));
  }

  private static String product(HttpConnection connection, String headers, String sku, int units)
      throws IOException {
    Map<String, Object> product =
        Map.of(
            "sku",
            sku,
            "name",
            "Article " + sku,
            "price",
            Map.of("amount", "10.00", "currency", "BRL"),
            "stock",
            units);
    return create(connection, "/api/inventory/products", headers, product, "id");
  }

  private static String create(
      HttpConnection connection, String path, String headers, Object body, String member)
      throws IOException {
    Answer answer = connection.post(path, headers, JSON.writeValueAsString(body));
    if (answer.status() >= 300) {
      throw new BenchFailure(path + " is answered " + answer.status() + ": " + answer.text());
    }
    return JSON.readTree(answer.text()).path(member).asString();
  }

  private static String basket(String customer, String one, String other) {
    return """
    {"customerId":"%s","items":[{"productId":"%s","quantity":1},{"productId":"%s","quantity":1}],\
    "payment":{"method":"credit_card","token":"tok_approve"}}\
    """
        .formatted(customer, one, other);
  }

  @Override
  public String name() {
    return "Reserva";
  }

  @Override
  public String version() {
    return commit;
  }

  @Override
  public Storefront storefront() {
    return storefront;
  }

  @Override
  public Stock stock() {
    return stock;
  }

  @Override
  public void awaitFinished() throws SQLException, InterruptedException {
    if (!database.await(COUNT_UNDER_WAY, 0, FINISH_TIMEOUT)) {
      throw new BenchFailure("orders are still under way after " + FINISH_TIMEOUT);
    }
  }

  /** The server checks its sums and invariants itself, including those of stock and charges. */
  @Override
  public Accounts accounts() throws IOException, SQLException {
    try (HttpConnection connection = new HttpConnection(storefront.server())) {
      long broken = 0;
      for (JsonNode check : get(connection, "/api/integrity").path("checks")) {
        broken += check.path("ok").asBoolean() ? 0 : 1;
      }
      long left = 0;
      for (String scarce : List.of(stock.one(), stock.other())) {
        left += get(connection, "/api/inventory/products/" + scarce).path("stock").asLong();
      }
      return new Accounts(
          database.number(COUNT_ORDERS.formatted("CONFIRMED")),
          database.number(COUNT_ORDERS.formatted("CANCELLED")),
          database.number(COUNT_OTHER_ORDERS),
          database.number(COUNT_CAPTURED),
          left,
          broken);
    }
  }

  private JsonNode get(HttpConnection connection, String path) throws IOException {
    Answer answer = connection.get(path, login.header());
    if (answer.status() != 200) {
      throw new BenchFailure(path + " is answered " + answer.status() + ": " + answer.text());
    }
    return JSON.readTree(answer.text());
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public Duration jvmCpu() {
    return process.jvmCpu();
  }

  @Override
  public Duration databaseCpu() {
    return process.databaseCpu();
  }

  @Override
  public void close() throws SQLException {
    try {
      database.close();
    } finally {
      process.close();
    }
  }
}
