package dev.reserva.peers.modulith.events;

import java.math.BigDecimal;
import java.util.UUID;

/** The provider has captured the payment. */
public record PaymentCaptured(UUID order, BigDecimal total) {}
