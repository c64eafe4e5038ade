package dev.reserva.messaging.transport;

/** {@link TransportContract} for the transport that reads the log's own database. */
class PostgresTransportIT extends TransportContract {

  @Override
  TransportHarness open() {
    return new PostgresHarness();
  }
}
