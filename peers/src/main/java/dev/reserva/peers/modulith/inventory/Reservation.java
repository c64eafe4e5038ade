package dev.reserva.peers.modulith.inventory;

import java.util.UUID;
import org.springframework.data.annotation.Id;

/** What was done for an order: RESERVED, REFUSED or RELEASED. */
record Reservation(@Id UUID orderId, String status) {}
