package dev.reserva.peers;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A peer in a process of its own. */
final class PeerContender implements Contender {
  private final Peer peer;
  private final PeerProcess process;
  private final Database database;
  private final PeerTables tables;
  private final Storefront storefront;
  private final Stock stock;

  private PeerContender(
      Peer peer,
      PeerProcess process,
      Database database,
      PeerTables tables,
      Storefront storefront,
      Stock stock) {
    this.peer = peer;
    this.process = process;
    this.database = database;
    this.tables = tables;
    this.storefront = storefront;
    this.stock = stock;
  }

  /**
   * Starts the peer and inserts its products.
   *
   * @param jar the jar of this program
   * @param skus number of products that do not sell out
   * @param units of each of the two scarce products
   */
  static PeerContender start(Peer peer, Path jar, int skus, int units) throws Exception {
    PeerProcess process = PeerProcess.start(peer, jar);
    try {
      Storefront storefront = PeerTables.storefront(process.awaitUp());
      Database database =
          Database.open(
              process.jdbcUrl(), process.postgres().user(), process.postgres().password());
      try {
        PeerTables tables = new PeerTables(peer, database);
        Stock stock = tables.insertProducts(skus, units);
        return new PeerContender(peer, process, database, tables, storefront, stock);
      } catch (Exception e) {
        database.close();
        throw e;
      }
    } catch (Exception e) {
      process.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return peer.library();
  }

  @Override
  public String version() {
    return peer.version();
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
    tables.awaitFinished(FINISH_TIMEOUT);
  }

  @Override
  public Accounts accounts() throws SQLException {
    return tables.accounts();
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
