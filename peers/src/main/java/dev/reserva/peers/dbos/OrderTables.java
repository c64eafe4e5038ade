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

/** SQL of the steps, each in the transaction of its step. */
final class OrderTables {
  private static final String DECREMENT_STOCK =
      "update product set stock = stock - ? where id = ? and stock >= ? returning price";

  private static final String INCREMENT_STOCK = "update product set stock = stock + ? where id = ?";

  private static final String INSERT_ORDER =
      "insert into orders (id, status, total) values (?, ?, ?)";

  private static final String INSERT_LINE =
      "insert into order_line (order_id, line, product, quantity) values (?, ?, ?, ?)";

  private static final String UPDATE_STATUS = "update orders set status = ? where id = ?";

  private OrderTables() {}

  /** Stores the order and takes all of its lines from stock, or none. */
  static Reservation reserve(Connection connection, UUID order, NewOrder request)
      throws SQLException {
    List<Line> taken = new ArrayList<>();
    BigDecimal total = BigDecimal.ZERO;
    for (Line line : Line.inLockOrder(request.lines())) {
      Optional<BigDecimal> price = take(connection, line);
      if (price.isEmpty()) {
        returnToStock(connection, taken);
        insert(connection, order, request, Status.CANCELLED, BigDecimal.ZERO);
        return new Reservation(false, BigDecimal.ZERO);
      }
      taken.add(line);
      total = total.add(price.get().multiply(BigDecimal.valueOf(line.quantity())));
    }
    insert(connection, order, request, Status.PENDING, total);
    return new Reservation(true, total);
  }

  /** Returns the units to stock and cancels the order. */
  static void release(Connection connection, UUID order, NewOrder request) throws SQLException {
    returnToStock(connection, Line.inLockOrder(request.lines()));
    decide(connection, order, Status.CANCELLED);
  }

  static void confirm(Connection connection, UUID order) throws SQLException {
    decide(connection, order, Status.CONFIRMED);
  }

  private static void decide(Connection connection, UUID order, Status status) throws SQLException {
    try (PreparedStatement decide = connection.prepareStatement(UPDATE_STATUS)) {
      decide.setString(1, status.name());
      decide.setObject(2, order);
      decide.executeUpdate();
    }
  }

  /** Takes units from stock; returns the price, empty if there are too few units. */
  private static Optional<BigDecimal> take(Connection connection, Line line) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(DECREMENT_STOCK)) {
      take.setInt(1, line.quantity());
      take.setLong(2, line.product());
      take.setInt(3, line.quantity());
      try (ResultSet price = take.executeQuery()) {
        return price.next() ? Optional.of(price.getBigDecimal(1)) : Optional.empty();
      }
    }
  }

  private static void returnToStock(Connection connection, List<Line> lines) throws SQLException {
    try (PreparedStatement returnToStock = connection.prepareStatement(INCREMENT_STOCK)) {
      for (Line line : lines) {
        returnToStock.setInt(1, line.quantity());
        returnToStock.setLong(2, line.product());
        returnToStock.executeUpdate();
      }
    }
  }

  private static void insert(
      Connection connection, UUID order, NewOrder request, Status status, BigDecimal total)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ORDER)) {
      insert.setObject(1, order);
      insert.setString(2, status.name());
      insert.setBigDecimal(3, total);
      insert.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_LINE)) {
      int number = 0;
      for (Line line : request.lines()) {
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
