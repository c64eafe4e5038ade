package dev.reserva.logistics.domain;

/**
 * A shipment that was made or has moved on, and what is left to do for its order then.
 *
 * @param shipment as it is after the move
 * @param openUnits units of the order that have not left
 * @param openShipments shipments of the order that are being prepared or under way
 * @param revision grows with each move of a shipment of the order
 */
public record Move(Shipment shipment, int openUnits, int openShipments, int revision) {}
