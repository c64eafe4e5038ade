package dev.reserva.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which service consumes which types of event. Each service subscribes to what stands here. */
public final class Consumers {

  private static final Map<String, Set<String>> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put(
        "sales",
        Set.of(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.CUSTOMER_UPDATED,
            Contracts.CUSTOMER_VERIFIED,
            Contracts.CUSTOMER_DEACTIVATED,
            Contracts.CUSTOMER_REACTIVATED,
            Contracts.CUSTOMER_ERASURE_REQUESTED,
            Contracts.CUSTOMER_ERASED,
            Contracts.PRODUCT_CREATED,
            Contracts.PRODUCT_UPDATED,
            Contracts.PRODUCT_DISCONTINUED,
            Contracts.LOCATION_CREATED,
            Contracts.STOCK_RESERVED,
            Contracts.STOCK_ALLOCATED,
            Contracts.STOCK_EXTENDED,
            Contracts.STOCK_INSUFFICIENT,
            Contracts.STOCK_CONFIRMED,
            Contracts.STOCK_RELEASED,
            Contracts.STOCK_CONFIRMATION_FAILED,
            Contracts.PAYMENT_PENDING,
            Contracts.PAYMENT_APPROVED,
            Contracts.PAYMENT_FAILED,
            Contracts.PAYMENT_CANCELLED,
            Contracts.PAYMENT_REFUNDED,
            Contracts.RETURN_REFUNDED,
            Contracts.SHIPMENT_CREATED,
            Contracts.SHIPMENT_DISPATCHED,
            Contracts.SHIPMENT_DELIVERED,
            Contracts.SHIPMENT_CANCELLED,
            Contracts.SHIPMENT_RETURNED));
    TYPES.put(
        "inventory",
        Set.of(
            Contracts.ORDER_CREATED,
            Contracts.ORDER_PAID,
            Contracts.ORDER_CANCELLED,
            Contracts.RETURN_RECEIVED));
    TYPES.put(
        "financial",
        Set.of(
            Contracts.ORDER_CREATED,
            Contracts.ORDER_PAYMENT_PENDING,
            Contracts.ORDER_CANCELLED,
            Contracts.RETURN_RECEIVED));
    TYPES.put(
        "logistics",
        Set.of(
            Contracts.ORDER_CONFIRMED,
            Contracts.ORDER_SHIPPED,
            Contracts.ORDER_DELIVERED,
            Contracts.ORDER_CANCELLED));
    TYPES.put("customers", Set.of(Contracts.CUSTOMER_ORDERS_ENDED));
    TYPES.put(
        "notifications",
        Set.of(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.CUSTOMER_UPDATED,
            Contracts.CUSTOMER_ERASED,
            Contracts.STOCK_LOW,
            Contracts.STOCK_DEPLETED,
            Contracts.ORDER_CREATED,
            Contracts.ORDER_PAID,
            Contracts.ORDER_CONFIRMED,
            Contracts.ORDER_DELIVERED,
            Contracts.ORDER_CANCELLED,
            Contracts.PAYMENT_PENDING,
            Contracts.PAYMENT_REFUNDED,
            Contracts.RETURN_RECEIVED,
            Contracts.SHIPMENT_DISPATCHED,
            Contracts.ENDPOINT_DISABLED,
            Contracts.ENDPOINT_RECOVERED,
            Contracts.MESSAGE_DEAD_LETTERED));
    TYPES.put(
        "operations",
        Set.of(
            Contracts.ORDER_CREATED,
            Contracts.ORDER_PAYMENT_PENDING,
            Contracts.ORDER_PAID,
            Contracts.ORDER_CONFIRMED,
            Contracts.ORDER_SHIPPED,
            Contracts.ORDER_DELIVERED,
            Contracts.ORDER_COMPLETED,
            Contracts.ORDER_CANCELLED,
            Contracts.AUDIT_RECORDED));
  }

  /** By service, the types that it shows and does not act upon. */
  private static final Map<String, Set<String>> SHOWN =
      Map.of(
          "sales",
          Set.of(
              Contracts.PAYMENT_REQUESTED,
              Contracts.PAYMENT_PROCESSING,
              Contracts.RECEIVABLE_OPENED,
              Contracts.RECEIVABLE_SETTLED,
              Contracts.RECEIVABLE_CANCELLED));

  private Consumers() {}

  /** The types that each service consumes, by its name. */
  public static Map<String, Set<String>> all() {
    return Collections.unmodifiableMap(TYPES);
  }

  /** The services that consume events. */
  public static Set<String> services() {
    return Collections.unmodifiableSet(TYPES.keySet());
  }

  /**
   * The types that a service consumes.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public static Set<String> typesOf(String service) {
    Set<String> types = TYPES.get(service);
    if (types == null) {
      throw new IllegalArgumentException(
          "the services that consume events are %s, not %s".formatted(TYPES.keySet(), service));
    }
    return types;
  }

  /**
   * The services whose logs have events of a type, in the order of the catalogue: those that
   * consume it, and sales for what else is part of an order's history.
   */
  public static Set<String> keepers(String type) {
    return TYPES.entrySet().stream()
        .filter(entry ->
            entry.getValue().contains(type)
                || SHOWN.getOrDefault(entry.getKey(), Set.of()).contains(type))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The services that consume a type, in the order of the catalogue. */
  public static Set<String> of(String type) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue().contains(type))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
