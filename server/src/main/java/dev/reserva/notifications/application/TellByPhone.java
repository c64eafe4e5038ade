package dev.reserva.notifications.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes messages by SMS and push, for customers who have given a telephone number or registered a
 * device by then. Each device gets a message of its own, which is sent and tried again by itself.
 */
public final class TellByPhone {

  private final Messages messages;
  private final Recipients recipients;
  private final Devices devices;
  private final Ids ids;
  private final Map<Channel, Set<Fact>> facts;

  /**
   * @param facts that are told by each of the two channels
   */
  public TellByPhone(
      Messages messages,
      Recipients recipients,
      Devices devices,
      Ids ids,
      Map<Channel, Set<Fact>> facts) {
    this.messages = messages;
    this.recipients = recipients;
    this.devices = devices;
    this.ids = ids;
    this.facts = Map.copyOf(facts);
  }

  /**
   * @param heard facts that customers are told
   */
  List<NewMessage> messages(List<Heard> heard, UnitOfWork tx) {
    List<Heard> bySms = told(Channel.SMS, heard);
    List<Heard> byPush = told(Channel.PUSH, heard);
    if (bySms.isEmpty() && byPush.isEmpty()) {
      return List.of();
    }
    Map<Heard, UUID> customers = customers(bySms, byPush, tx);
    List<NewMessage> added = new ArrayList<>();
    if (!bySms.isEmpty()) {
      Set<UUID> withPhone = recipients.withPhone(among(bySms, customers), tx);
      for (Heard fact : bySms) {
        UUID customer = customers.get(fact);
        if (customer != null && withPhone.contains(customer)) {
          added.add(NewMessage.of(ids.next(), fact, Channel.SMS, NewMessage.CUSTOMER, customer));
        }
      }
    }
    if (!byPush.isEmpty()) {
      Map<UUID, Set<UUID>> known = devices.of(among(byPush, customers), tx);
      for (Heard fact : byPush) {
        UUID customer = customers.get(fact);
        if (customer != null) {
          known
              .getOrDefault(customer, Set.of())
              .forEach(device ->
                  added.add(
                      NewMessage.of(ids.next(), fact, Channel.PUSH, device.toString(), customer)));
        }
      }
    }
    return added;
  }

  private List<Heard> told(Channel channel, List<Heard> heard) {
    Set<Fact> wanted = facts.getOrDefault(channel, Set.of());
    return heard.stream().filter(fact -> wanted.contains(fact.fact())).toList();
  }

  /** The customers of facts, of those that name their order alone too. */
  private Map<Heard, UUID> customers(List<Heard> bySms, List<Heard> byPush, UnitOfWork tx) {
    Map<Heard, UUID> customers = new HashMap<>();
    Map<Heard, UUID> orders = new HashMap<>();
    for (List<Heard> facts : List.of(bySms, byPush)) {
      for (Heard fact : facts) {
        if (fact.customerId() != null) {
          customers.put(fact, fact.customerId());
        } else if (fact.orderId() != null) {
          orders.put(fact, fact.orderId());
        }
      }
    }
    if (!orders.isEmpty()) {
      Map<UUID, UUID> found = messages.customers(Set.copyOf(orders.values()), tx);
      orders.forEach((fact, order) -> {
        UUID customer = found.get(order);
        if (customer != null) {
          customers.put(fact, customer);
        }
      });
    }
    return customers;
  }

  private static Set<UUID> among(List<Heard> heard, Map<Heard, UUID> customers) {
    Set<UUID> found = new HashSet<>();
    for (Heard fact : heard) {
      UUID customer = customers.get(fact);
      if (customer != null) {
        found.add(customer);
      }
    }
    return found;
  }
}
