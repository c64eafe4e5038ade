package dev.reserva.messaging.transport;

/** The log's own database as the transport keeps {@link TransportContract}. */
class PostgresTransportIT extends TransportContract {

  @Override
  protected TransportHarness open() {
    return new PostgresHarness();
  }
}
