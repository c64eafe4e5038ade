package dev.reserva.logistics.domain;

/** What became of a command to deliver a shipment. */
public sealed interface DeliverOutcome {

  record Delivered(Shipment shipment, Move move) implements DeliverOutcome {}

  /** It had been delivered before; nothing changed. */
  record DoneBefore(Shipment shipment) implements DeliverOutcome {}

  /** Its state does not allow it; nothing changed. */
  record WrongState(Shipment shipment) implements DeliverOutcome {}
}
