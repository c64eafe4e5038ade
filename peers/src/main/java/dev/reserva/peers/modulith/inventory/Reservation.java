package dev.reserva.peers.modulith.inventory;

import java.util.UUID;
import org.springframework.data.annotation.Id;

/** The state of an order's reservation: RESERVED, REFUSED or RELEASED. */
record Reservation(@Id UUID orderId, String status) {}
