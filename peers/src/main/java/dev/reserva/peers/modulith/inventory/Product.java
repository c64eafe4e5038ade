package dev.reserva.peers.modulith.inventory;

import java.math.BigDecimal;
import org.springframework.data.annotation.Id;

/** What is in stock, and for how much. */
record Product(@Id long id, BigDecimal price, int stock) {}
