package dev.reserva.peers.modulith.events;

import java.math.BigDecimal;
import java.util.UUID;

/** The order is paid. */
public record PaymentCaptured(UUID order, BigDecimal total) {}
