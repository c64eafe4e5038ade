package dev.reserva.bench;

/** The server that is measured, with a connection to its database and a shop on it. */
record MeasuredServer(ServerProcess server, ServerDatabase database, Shop shop) {
  /** The target for a load that does not use the database. */
  Target target() {
    return Target.alone(server, shop);
  }
}
