package dev.reserva.financial.domain;

/** Who said how a payment ended. */
public enum SettledBy {
  /** The provider, answering our call. */
  PROVIDER,
  /** The provider, calling us. */
  WEBHOOK,
  /** A person who knows of the money by other ways. */
  OPERATOR,
  /** We ourselves: the order died, or the provider never answered. */
  FINANCIAL
}
