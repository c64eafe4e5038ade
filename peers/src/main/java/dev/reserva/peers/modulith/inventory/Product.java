package dev.reserva.peers.modulith.inventory;

import java.math.BigDecimal;
import org.springframework.data.annotation.Id;

/** A product with its price and stock. */
record Product(@Id long id, BigDecimal price, int stock) {}
