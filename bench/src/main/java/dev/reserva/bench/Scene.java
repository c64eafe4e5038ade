package dev.reserva.bench;

/** What the phases of a run are made with: the server, its database seen from the side, a shop. */
record Scene(ServerProcess server, ServerDatabase database, Shop shop) {
  /** The same for a load that does not look at the database. */
  Target target() {
    return Target.alone(server, shop);
  }
}
