package dev.reserva.peers.modulith.orders;

import dev.reserva.peers.shop.Decision;
import dev.reserva.peers.shop.Decision.Status;
import dev.reserva.peers.shop.NewOrder;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Places orders, and answers when they are decided. */
@RestController
class OrderController {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final OrderManagement orders;
  private final WaitingBuyers buyers;

  OrderController(OrderManagement orders, WaitingBuyers buyers) {
    this.orders = orders;
    this.buyers = buyers;
  }

  /** Answers 201 with the decision, or 202 if there is none in time. */
  @PostMapping("/orders")
  ResponseEntity<Decision> place(@RequestBody NewOrder request) throws InterruptedException {
    UUID order = UUID.randomUUID();
    return buyers
        .await(order, () -> orders.place(order, request), LIMIT)
        .map(decision -> ResponseEntity.status(HttpStatus.CREATED).body(decision))
        .orElseGet(() -> ResponseEntity.accepted().body(new Decision(order, Status.PENDING)));
  }
}
