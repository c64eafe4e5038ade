package dev.reserva.peers;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A peer in its process. */
final class PeerContender implements Contender {
  private final Peer peer;
  private final PeerProcess process;
  private final Database database;
  private final PeerBooks books;
  private final Storefront storefront;
  private final Stock stock;

  private PeerContender(
      Peer peer,
      PeerProcess process,
      Database database,
      PeerBooks books,
      Storefront storefront,
      Stock stock) {
    this.peer = peer;
    this.process = process;
    this.database = database;
    this.books = books;
    this.storefront = storefront;
    this.stock = stock;
  }

  /**
   * Starts the peer and fills its shelves.
   *
   * @param jar this program's
   * @param skus products in plenty
   * @param units of each of the two scarce ones
   */
  static PeerContender start(Peer peer, Path jar, int skus, int units) throws Exception {
    PeerProcess process = PeerProcess.start(peer, jar);
    try {
      Storefront storefront = PeerBooks.storefront(process.awaitUp());
      Database database =
          Database.open(
              process.postgres().jdbcUrl(),
              process.postgres().user(),
              process.postgres().password());
      try {
        PeerBooks books = new PeerBooks(peer, database);
        Stock stock = books.stockUp(skus, units);
        return new PeerContender(peer, process, database, books, storefront, stock);
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
    books.awaitFinished(PATIENCE);
  }

  @Override
  public Accounts accounts() throws SQLException {
    return books.accounts();
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
