package dev.reserva.logistics.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.ServiceDatabase;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.OrderStep;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Parcel;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database refuses what breaks the rules, and each integrity check finds what got past it. */
class ShipmentRulesIT {

  private static final Cause CAUSE = Cause.of("test");
  private static final UUID ANA = new UUID(5, 1);

  private final Ids ids = Ids.timeOrdered();
  private final ServiceDatabase database = new ServiceDatabase("logistics");
  private final JdbcTemplate sql = new JdbcTemplate(database.dataSource());
  private final FollowOrders followOrders = new FollowOrders(new PostgresShipments(), ids);
  private final UUID mug = ids.next();
  private final UUID order = ids.next();
  private final UUID cancelled = ids.next();

  private static final String COPY =
      """
      insert into logistics.shipment (id, order_id, customer_id, location, part, status, product_ids, skus, names, ordered, quantities,
        created_at, version)
      select gen_random_uuid(), order_id, customer_id, location, %s, 'PREPARING', product_ids, skus, names, ordered, %s, now(), 1
      from logistics.shipment where order_id = '%s'
      """;

  @BeforeEach
  void an_order_is_prepared_and_another_is_cancelled() {
    follow(confirmed(order), confirmed(cancelled));
    follow(new OrderStep.Cancelled(cancelled, ANA, true, CAUSE));
    Invariants.assertHold(database.transactions());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_shipments_of_an_order_never_contain_more_than_was_ordered() {
    refused(COPY.formatted("2", "array[1]", order));
    refused(
        "update logistics.shipment set quantities = array[6] where order_id = '%s'"
            .formatted(order));
    refused(
        "update logistics.shipment set quantities = array[0] where order_id = '%s'"
            .formatted(order));
    sql.update("update logistics.shipment set quantities = array[4] where order_id = ?", order);
    refused(COPY.formatted("2", "array[2]", order));
    assertThat(sql.update(COPY.formatted("2", "array[1]", order))).isOne();
    refused(
        "update logistics.shipment set quantities = array[5] where part = 1 and order_id = '%s'"
            .formatted(order));
    Invariants.assertHold(database.transactions());
  }

  @Test
  void an_order_has_one_first_shipment() {
    refused(COPY.formatted("1", "array[1]", cancelled));
  }

  @Test
  void a_shipment_stays_with_its_location_and_order() {
    refused(
        "update logistics.shipment set location = 'NORTH' where order_id = '%s'".formatted(order));
    refused(
        "update logistics.shipment set order_id = gen_random_uuid() where order_id = '%s'"
            .formatted(order));
  }

  @Test
  void what_has_ended_never_leaves() {
    refused(
        """
        update logistics.shipment set status = 'DISPATCHED', dispatched_at = now(), ended_at = null
        where order_id = '%s'
        """
            .formatted(cancelled));
    refused(
        "update logistics.shipment set status = 'PREPARING', ended_at = null where order_id = '%s'"
            .formatted(cancelled));
  }

  @Test
  void units_that_no_shipment_has_are_found() {
    sql.update("update logistics.shipment set quantities = array[3] where order_id = ?", order);

    assertThat(run(ShipmentIntegrity.shippedEqualsOrdered()).violations())
        .containsExactly(
            "order %s: 3 units of product %s are in its shipments from MAIN, 5 are ordered"
                .formatted(order, mug));
    assertThat(run(ShipmentIntegrity.shippedEqualsOrdered()).checked()).isEqualTo(2);
  }

  @Test
  void a_shipment_that_outlives_its_order_is_found() {
    sql.execute("alter table logistics.shipment disable trigger user");
    sql.update("update logistics.shipment set quantities = array[4] where order_id = ?", cancelled);
    sql.update(COPY.formatted("2", "array[1]", cancelled));

    assertThat(run(ShipmentIntegrity.cancelledShipsNothing()).violations())
        .containsExactly(
            "order %s is cancelled, its shipments are {CANCELLED,PREPARING}".formatted(cancelled));
  }

  @Test
  void a_shipment_beside_a_tombstone_is_found() {
    UUID overtaken = ids.next();
    follow(new OrderStep.Cancelled(overtaken, ANA, true, CAUSE));
    sql.update(
        COPY.replace("order_id, customer_id, location, %s", "'%s', customer_id, location, 2")
            .replace("array[1]", "%s")
            .formatted(overtaken, "quantities", order));

    assertThat(run(ShipmentIntegrity.cancelledShipsNothing()).violations())
        .containsExactly(
            "order %s is cancelled, its shipments are {CANCELLED,PREPARING}".formatted(overtaken));
  }

  @Test
  void what_logistics_ships_is_claimed_without_tombstones() {
    UUID overtaken = ids.next();
    follow(new OrderStep.Cancelled(overtaken, ANA, true, CAUSE));

    Map<UUID, List<OrderClaims.Shipped.Parcel>> parcels =
        database
            .transactions()
            .snapshot(tx -> new PostgresParcels().parcels(tx, List.of(order, overtaken)));

    assertThat(parcels)
        .isEqualTo(
            Map.of(
                order,
                List.of(new OrderClaims.Shipped.Parcel("PREPARING", "MAIN", Map.of(mug, 5)))));
  }

  private OrderStep confirmed(UUID id) {
    Line line = Line.ordered(mug, "MUG", "Mug", 5);
    return new OrderStep.Confirmed(
        id, ANA, List.of(new Parcel(Location.MAIN, List.of(line))), CAUSE);
  }

  private void follow(OrderStep... steps) {
    database.transactions().run(tx -> followOrders.follow(List.of(steps), tx));
  }

  private void refused(String statement) {
    assertThatThrownBy(() -> sql.update(statement)).hasMessageContaining("ERROR");
  }

  private IntegrityCheck.Result run(IntegrityCheck check) {
    return database.transactions().snapshot(check.run()::on);
  }
}
