package dev.reserva.operations.adapters.orders;

import dev.reserva.operations.adapters.orders.OrderEndpoints.BlockadeList;
import dev.reserva.operations.adapters.orders.OrderEndpoints.Keys;
import dev.reserva.operations.adapters.orders.OrderEndpoints.WaitingList;
import dev.reserva.operations.application.SystemOrders;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.platform.members.Members;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Joins what the processes of the system know of orders. Each process is asked for the records of
 * its services, and one process of each database for its log.
 */
public final class JoinedOrders implements SystemOrders {

  private final OwnOrders own;
  private final Members members;

  public JoinedOrders(OwnOrders own, Members members) {
    this.own = own;
    this.members = members;
  }

  @Override
  public List<Records> records(UUID orderId) {
    List<Records> all = new ArrayList<>();
    all.add(own.records(orderId));
    String path = "%s/%s/records".formatted(OrderEndpoints.PATH, orderId);
    all.addAll(members.each(name -> members.ask(name, path, Members.SOON, Records.class)).values());
    return all;
  }

  @Override
  public List<Log> logs(UUID orderId) {
    List<Log> all = new ArrayList<>();
    all.add(own.log(orderId, !members.none()));
    String path = "%s/%s/log".formatted(OrderEndpoints.PATH, orderId);
    all.addAll(
        members
            .eachOtherDatabase(name -> members.ask(name, path, Members.SOON, Log.class))
            .values());
    return all;
  }

  @Override
  public List<Waiting> pastHalf(@Nullable UUID before, int limit) {
    List<Waiting> all = new ArrayList<>(own.pastHalf(before, limit));
    String path = OrderEndpoints.PAST_HALF + page(before, limit);
    members
        .each(name -> members.ask(name, path, Members.SOON, WaitingList.class))
        .values()
        .forEach(part -> all.addAll(part.orders()));
    return all;
  }

  @Override
  public List<Waiting> waiting(Collection<UUID> ids) {
    List<Waiting> all = new ArrayList<>(own.waiting(ids));
    var keys = new Keys(List.copyOf(ids));
    members
        .each(name ->
            members.ask(name, OrderEndpoints.WAITING, keys, Members.SOON, WaitingList.class))
        .values()
        .forEach(part -> all.addAll(part.orders()));
    return all;
  }

  @Override
  public List<List<Blockade>> blockades(@Nullable UUID before, int limit) {
    List<List<Blockade>> all = new ArrayList<>();
    all.add(own.blockades(before, limit));
    String path = OrderEndpoints.BLOCKADES + page(before, limit);
    members
        .eachOtherDatabase(name -> members.ask(name, path, Members.SOON, BlockadeList.class))
        .values()
        .forEach(part -> all.add(part.blockades()));
    return all;
  }

  private static String page(@Nullable UUID before, int limit) {
    return "?limit=%d%s".formatted(limit, before == null ? "" : "&before=" + before);
  }
}
