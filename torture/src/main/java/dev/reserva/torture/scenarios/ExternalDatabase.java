package dev.reserva.torture.scenarios;

import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Database;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;
import java.sql.SQLException;
import java.util.Map;

/** A server whose database is elsewhere, and between them a network that can fail. */
record ExternalDatabase(Server server, Database database, TcpProxy network, Shop shop) {

  static ExternalDatabase start(Stage stage) throws Exception {
    Database database = stage.database(Map.of());
    TcpProxy network = stage.proxy(database.port());
    Server server = stage.server().on(database, network.port());
    server.start();
    return new ExternalDatabase(
        server, database, network, Shop.furnish(server.url(), server.adminPassword()));
  }

  /** A session on the database, by a way on which nothing fails. */
  Sql sql() throws SQLException {
    return Sql.on(database);
  }
}
