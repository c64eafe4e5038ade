package dev.reserva.bench;

import dev.reserva.postgres.EmbeddedPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The baseline of the machine: the minimal row operations of an order of two lines, by plain JDBC
 * with prepared statements, in the four transactions that services with databases of their own
 * need. It has no HTTP, almost no JSON, reads no events and checks nothing.
 */
final class Baseline implements Client {
  private static final String DATABASE = "baseline";

  private static final String CREATE_TABLES =
      """
      create table stock (product_id integer primary key, physical integer not null, reserved integer not null) with (fillfactor = 50);
      create table orders (id uuid primary key, customer_id uuid not null, status text not null, total numeric(19, 4) not null,
        created_at timestamptz not null, updated_at timestamptz not null) with (fillfactor = 50);
      create table order_line (order_id uuid not null, line smallint not null, product_id integer not null, quantity integer not null,
        unit_price numeric(19, 4) not null, primary key (order_id, line));
      create table outbox (id bigint generated always as identity primary key, type text not null, subject uuid not null, data text not null);
      create table reservation (id uuid primary key, order_id uuid not null, status text not null, expires_at timestamptz not null);
      create table payment (id uuid primary key, order_id uuid not null, amount numeric(19, 4) not null, status text not null,
        processed_at timestamptz not null);
      """;

  private static final String INSERT_ORDER =
      "insert into orders values (?, ?, 'PENDING', ?, now(), now())";
  private static final String INSERT_LINES =
      "insert into order_line values (?, 1, ?, 1, ?), (?, 2, ?, 1, ?)";
  private static final String INSERT_OUTBOX =
      "insert into outbox (type, subject, data) values ('sales.order.created', ?, ?)";
  private static final String UPDATE_STOCK =
      "update stock set reserved = reserved + 1 where product_id = ? and physical - reserved >= 1";
  private static final String INSERT_RESERVATION =
      "insert into reservation values (?, ?, 'RESERVED', now() + interval '15 minutes')";
  private static final String INSERT_PAYMENT =
      "insert into payment values (?, ?, ?, 'SUCCEEDED', now())";
  private static final String UPDATE_ORDER =
      "update orders set status = 'CONFIRMED', updated_at = now() where id = ?";

  private static final BigDecimal PRICE = new BigDecimal("10.00");
  private static final BigDecimal TOTAL = new BigDecimal("20.00");
  private static final UUID CUSTOMER = UUID.fromString("019b0000-0000-7000-8000-000000000001");

  private final Connection connection;
  private final int skus;
  private final PreparedStatement order;
  private final PreparedStatement lines;
  private final PreparedStatement outbox;
  private final PreparedStatement stock;
  private final PreparedStatement reservation;
  private final PreparedStatement payment;
  private final PreparedStatement confirmed;

  private Baseline(Connection connection, int skus) throws SQLException {
    this.connection = connection;
    this.skus = skus;
    this.order = connection.prepareStatement(INSERT_ORDER);
    this.lines = connection.prepareStatement(INSERT_LINES);
    this.outbox = connection.prepareStatement(INSERT_OUTBOX);
    this.stock = connection.prepareStatement(UPDATE_STOCK);
    this.reservation = connection.prepareStatement(INSERT_RESERVATION);
    this.payment = connection.prepareStatement(INSERT_PAYMENT);
    this.confirmed = connection.prepareStatement(UPDATE_ORDER);
  }

  /** Creates the database, the tables and the products. */
  static void prepare(EmbeddedPostgres postgres, int skus) throws SQLException {
    postgres.createDatabase(DATABASE);
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE_TABLES);
      statement.execute(
          "insert into stock select n, 1000000000, 0 from generate_series(1, " + skus + ") n");
      statement.execute("vacuum analyze");
    }
  }

  static Baseline open(EmbeddedPostgres postgres, int skus) throws SQLException {
    return new Baseline(connect(postgres), skus);
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", postgres.user());
    login.setProperty("password", postgres.password());
    return DriverManager.getConnection(postgres.jdbcUrl(DATABASE), login);
  }

  @Override
  public boolean call() throws SQLException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    UUID id = timeOrdered(random);
    int one = 1 + random.nextInt(skus);
    int other = 1 + random.nextInt(skus - 1);
    other = other >= one ? other + 1 : other;

    connection.setAutoCommit(false);
    place(id, one, other);
    connection.commit();
    // In the order of their keys, so that two orders do not deadlock.
    boolean enough = take(Math.min(one, other)) && take(Math.max(one, other));
    reservation.setObject(1, timeOrdered(random));
    reservation.setObject(2, id);
    reservation.executeUpdate();
    connection.commit();

    // A single statement is a transaction by itself and saves a round trip.
    connection.setAutoCommit(true);
    payment.setObject(1, timeOrdered(random));
    payment.setObject(2, id);
    payment.setBigDecimal(3, TOTAL);
    payment.executeUpdate();
    confirmed.setObject(1, id);
    return confirmed.executeUpdate() == 1 && enough;
  }

  private void place(UUID id, int one, int other) throws SQLException {
    order.setObject(1, id);
    order.setObject(2, CUSTOMER);
    order.setBigDecimal(3, TOTAL);
    order.executeUpdate();
    lines.setObject(1, id);
    lines.setInt(2, one);
    lines.setBigDecimal(3, PRICE);
    lines.setObject(4, id);
    lines.setInt(5, other);
    lines.setBigDecimal(6, PRICE);
    lines.executeUpdate();
    outbox.setObject(1, id);
    outbox.setString(
        2,
        "{\"items\":[{\"product\":%d,\"quantity\":1},{\"product\":%d,\"quantity\":1}]}"
            .formatted(one, other));
    outbox.executeUpdate();
  }

  private boolean take(int product) throws SQLException {
    stock.setInt(1, product);
    return stock.executeUpdate() == 1;
  }

  /** Keys that grow with time keep the indexes' pages cached, as in the server. */
  private static UUID timeOrdered(ThreadLocalRandom random) {
    long most = (System.currentTimeMillis() << 16) | 0x7000 | (random.nextLong() & 0xfff);
    long least = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(most, least);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
