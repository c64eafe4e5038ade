package dev.reserva.peers.dbos;

import dev.reserva.peers.shop.Decision.Status;
import dev.reserva.peers.shop.Line;
import dev.reserva.peers.shop.NewOrder;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the steps do to the shop's tables, each in the transaction of its step. */
final class OrderTables {
  private static final String TAKE =
      "update product set stock = stock - ? where id = ? and stock >= ? returning price";

  private static final String GIVE_BACK = "update product set stock = stock + ? where id = ?";

  private static final String INSERT_ORDER =
      "insert into orders (id, status, total) values (?, ?, ?)";

  private static final String INSERT_LINE =
      "insert into order_line (order_id, line, product, quantity) values (?, ?, ?, ?)";

  private static final String DECIDE = "update orders set status = ? where id = ?";

  private OrderTables() {}

  /** Stores the order and takes all of its lines from stock, or none. */
  static Reservation reserve(Connection connection, UUID order, NewOrder wanted)
      throws SQLException {
    List<Line> taken = new ArrayList<>();
    BigDecimal total = BigDecimal.ZERO;
    for (Line line : Line.inLockOrder(wanted.lines())) {
      Optional<BigDecimal> price = take(connection, line);
      if (price.isEmpty()) {
        giveBack(connection, taken);
        insert(connection, order, wanted, Status.CANCELLED, BigDecimal.ZERO);
        return new Reservation(false, BigDecimal.ZERO);
      }
      taken.add(line);
      total = total.add(price.get().multiply(BigDecimal.valueOf(line.quantity())));
    }
    insert(connection, order, wanted, Status.PENDING, total);
    return new Reservation(true, total);
  }

  /** Gives the goods back and cancels the order. */
  static void release(Connection connection, UUID order, NewOrder wanted) throws SQLException {
    giveBack(connection, Line.inLockOrder(wanted.lines()));
    decide(connection, order, Status.CANCELLED);
  }

  static void confirm(Connection connection, UUID order) throws SQLException {
    decide(connection, order, Status.CONFIRMED);
  }

  private static void decide(Connection connection, UUID order, Status status) throws SQLException {
    try (PreparedStatement decide = connection.prepareStatement(DECIDE)) {
      decide.setString(1, status.name());
      decide.setObject(2, order);
      decide.executeUpdate();
    }
  }

  /** The product's price, or nothing if there is not enough of it. */
  private static Optional<BigDecimal> take(Connection connection, Line line) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setInt(1, line.quantity());
      take.setLong(2, line.product());
      take.setInt(3, line.quantity());
      try (ResultSet price = take.executeQuery()) {
        return price.next() ? Optional.of(price.getBigDecimal(1)) : Optional.empty();
      }
    }
  }

  private static void giveBack(Connection connection, List<Line> lines) throws SQLException {
    try (PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK)) {
      for (Line line : lines) {
        giveBack.setInt(1, line.quantity());
        giveBack.setLong(2, line.product());
        giveBack.executeUpdate();
      }
    }
  }

  private static void insert(
      Connection connection, UUID order, NewOrder wanted, Status status, BigDecimal total)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ORDER)) {
      insert.setObject(1, order);
      insert.setString(2, status.name());
      insert.setBigDecimal(3, total);
      insert.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_LINE)) {
      int number = 0;
      for (Line line : wanted.lines()) {
        insert.setObject(1, order);
        insert.setInt(2, number++);
        insert.setLong(3, line.product());
        insert.setInt(4, line.quantity());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
