package dev.reserva.inventory.domain;

/** What has become of a transfer. */
public enum TransferStatus {
  /** It has left and is stock of no location. */
  IN_TRANSIT,
  /** It has arrived. */
  RECEIVED,
  /** It has gone back to where it came from. */
  CANCELLED
}
