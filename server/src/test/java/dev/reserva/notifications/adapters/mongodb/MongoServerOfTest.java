package dev.reserva.notifications.adapters.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server that speaks MongoDB's wire protocol and keeps its data in memory. */
public final class MongoServerOfTest implements AutoCloseable {

  private final MongoServer server =
      new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
  private final String url;

  public MongoServerOfTest() {
    url = "mongodb://127.0.0.1:" + server.bind().getPort();
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
