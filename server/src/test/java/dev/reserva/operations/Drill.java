package dev.reserva.operations;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A service for drills: it cannot handle orders of an item named {@code poison}, and claims of
 * orders whatever a test makes it claim.
 */
@Configuration(proxyBeanMethods = false)
public class Drill {

  private final Map<UUID, Integer> handled = new ConcurrentHashMap<>();
  final NavigableMap<UUID, OrderClaims.Sold.Order> sold = new TreeMap<>();
  final Map<UUID, OrderClaims.Held.Holding> held = new HashMap<>();
  final Map<UUID, OrderClaims.Paid.Takings> paid = new HashMap<>();

  @Bean
  Subscription drillSubscription() {
    return Subscription.of("drill", Set.of(Contracts.ORDER_CREATED), this::handle);
  }

  private void handle(List<Message> batch, UnitOfWork tx) {
    for (Message message : batch) {
      OrderCreated order = message.payload(OrderCreated.class);
      if (order.items().stream().anyMatch(item -> item.name().equals("poison"))) {
        throw new Unprocessable("poison");
      }
      tx.afterCommit(() -> handled.merge(order.orderId(), 1, Integer::sum));
    }
  }

  /** How often an order was handled, for good. */
  int handled(UUID order) {
    return handled.getOrDefault(order, 0);
  }

  void claim(UUID order, String status, Money total, Map<UUID, Integer> lines) {
    sold.put(order, new OrderClaims.Sold.Order(order, status, total, lines, List.of()));
  }

  @Bean
  OrderClaims.Sold soldClaims() {
    return new OrderClaims.Sold() {
      @Override
      public long drafts(UnitOfWork snapshot) {
        return 3;
      }

      @Override
      public List<Order> orders(UnitOfWork snapshot, @Nullable UUID after, int limit) {
        return (after == null ? sold : sold.tailMap(after, false))
            .values().stream().limit(limit).toList();
      }

      @Override
      public List<Order> orders(UnitOfWork snapshot, List<UUID> ids) {
        return sold.values().stream().filter(order -> ids.contains(order.id())).toList();
      }
    };
  }

  @Bean
  OrderClaims heldClaims() {
    return new OrderClaims.Held() {
      @Override
      public Map<UUID, Holding> holdings(UnitOfWork snapshot, List<UUID> orderIds) {
        return held;
      }
    };
  }

  @Bean
  OrderClaims paidClaims() {
    return new OrderClaims.Paid() {
      @Override
      public Map<UUID, Takings> takings(UnitOfWork snapshot, List<UUID> orderIds) {
        return paid;
      }
    };
  }
}
