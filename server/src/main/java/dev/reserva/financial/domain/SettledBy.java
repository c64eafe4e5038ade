package dev.reserva.financial.domain;

/** Who decided how a payment ended. */
public enum SettledBy {
  /** The provider, answering our call. */
  PROVIDER,
  /** The provider, calling us. */
  WEBHOOK,
  /** A person who knows what became of the money. */
  OPERATOR,
  /** This service: the money is unwanted, or the provider never answered. */
  FINANCIAL
}
