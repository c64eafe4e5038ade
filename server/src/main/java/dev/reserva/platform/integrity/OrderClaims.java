package dev.reserva.platform.integrity;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one service holds to be true of orders, for comparison with what the others hold. Each
 * service implements the part it knows; no service reads another's tables.
 */
public interface OrderClaims {

  /** Sales: the orders themselves, in order of their id. */
  interface Sold extends OrderClaims {
    /**
     * @param after continue after this id; null for the first
     */
    List<Order> orders(UnitOfWork snapshot, @Nullable UUID after, int limit);

    /** Certain orders; those that do not exist are left out. */
    List<Order> orders(UnitOfWork snapshot, List<UUID> ids);

    /** How many drafts there are. */
    long drafts(UnitOfWork snapshot);

    /**
     * @param lines product and quantity
     * @param returns goods that come back; none if they are left out
     */
    record Order(
        UUID id, String status, Money total, Map<UUID, Integer> lines, List<Return> returns) {

      public Order {
        returns = Objects.requireNonNullElse(returns, List.of());
      }
    }

    /**
     * Goods that come back. Rejected returns are left out.
     *
     * @param status REQUESTED, APPROVED, RECEIVED or REFUNDED
     * @param refund what is to be given back
     * @param lines product and quantity
     */
    record Return(UUID id, String status, Money refund, Map<UUID, Integer> lines) {}
  }

  /** Inventory: the orders' reservations. */
  interface Held extends OrderClaims {
    Map<UUID, Holding> holdings(UnitOfWork snapshot, List<UUID> orderIds);

    /**
     * @param status RESERVED, CONFIRMED, RELEASED or EXPIRED
     * @param returned whether confirmed goods came back into stock
     * @param lines product and quantity, at all locations together, and what the order waits for
     * @param places by location, product and quantity; none if the default location holds them all,
     *     or if they are left out
     * @param takenBack by return, the goods that came back; none if they are left out
     */
    record Holding(
        String status,
        boolean returned,
        Map<UUID, Integer> lines,
        Map<String, Map<UUID, Integer>> places,
        Map<UUID, Map<UUID, Integer>> takenBack) {

      public Holding {
        places = Objects.requireNonNullElse(places, Map.of());
        takenBack = Objects.requireNonNullElse(takenBack, Map.of());
      }
    }
  }

  /** Logistics: the orders' shipments. */
  interface Shipped extends OrderClaims {
    Map<UUID, List<Parcel>> parcels(UnitOfWork snapshot, List<UUID> orderIds);

    /**
     * One shipment.
     *
     * @param status PREPARING, DISPATCHED, DELIVERED, CANCELLED or RETURNED
     * @param location where its goods come from
     * @param lines product and quantity
     */
    record Parcel(String status, String location, Map<UUID, Integer> lines) {}
  }

  /** Financial: the orders' money. */
  interface Paid extends OrderClaims {
    Map<UUID, Takings> takings(UnitOfWork snapshot, List<UUID> orderIds);

    /**
     * @param captured taken from the buyer
     * @param refunded given back
     * @param owed refunds that are on record and not yet done
     * @param receivable absent if the order has none
     * @param forReturns by return, what is given back for it or owed; none if they are left out
     */
    record Takings(
        Money captured,
        Money refunded,
        Money owed,
        @Nullable Receivable receivable,
        Map<UUID, Money> forReturns) {

      public Takings {
        forReturns = Objects.requireNonNullElse(forReturns, Map.of());
      }
    }

    /**
     * What is to be paid for an order.
     *
     * @param status OPEN, SETTLED or CANCELLED
     */
    record Receivable(Money amount, String status) {}
  }
}
