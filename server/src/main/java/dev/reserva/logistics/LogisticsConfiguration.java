package dev.reserva.logistics;

import dev.reserva.logistics.adapters.messaging.OrderMessages;
import dev.reserva.logistics.adapters.postgres.PostgresParcels;
import dev.reserva.logistics.adapters.postgres.PostgresShipments;
import dev.reserva.logistics.adapters.postgres.ShipmentIntegrity;
import dev.reserva.logistics.adapters.web.ShipmentCommandsController;
import dev.reserva.logistics.adapters.web.ShipmentRoutes;
import dev.reserva.logistics.adapters.web.ShipmentTraces;
import dev.reserva.logistics.adapters.web.ShipmentsController;
import dev.reserva.logistics.application.DeliverShipment;
import dev.reserva.logistics.application.DispatchShipment;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.LargeBodies;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the logistics service; the only place that knows all of its parts. */
@Configuration(proxyBeanMethods = false)
public class LogisticsConfiguration {

  @Bean
  ServiceSchema logisticsSchema() {
    return new ServiceSchema("logistics");
  }

  @Bean
  LargeBodies logisticsBodies() {
    return ShipmentRoutes.largeBodies();
  }

  @Bean
  Routes logisticsRoutes() {
    return ShipmentRoutes.all();
  }

  @Bean
  Shipments shipments() {
    return new PostgresShipments();
  }

  @Bean
  Subscription logisticsSubscription(Shipments shipments, Ids ids) {
    return new OrderMessages(new FollowOrders(shipments, ids)).subscription();
  }

  @Bean
  ShipmentsController shipmentsController(Transactions transactions, Shipments shipments) {
    return new ShipmentsController(transactions, shipments);
  }

  @Bean
  OrderTraces shipmentTraces(Transactions transactions, Shipments shipments) {
    return new ShipmentTraces(shipments, transactions);
  }

  @Bean
  ShipmentCommandsController shipmentCommandsController(
      Commands commands, Shipments shipments, Ids ids) {
    return new ShipmentCommandsController(
        commands, shipments, new DispatchShipment(shipments, ids), new DeliverShipment(shipments));
  }

  @Bean
  IntegrityCheck shippedEqualsOrdered() {
    return ShipmentIntegrity.shippedEqualsOrdered();
  }

  @Bean
  IntegrityCheck cancelledShipsNothing() {
    return ShipmentIntegrity.cancelledShipsNothing();
  }

  @Bean
  OrderClaims.Shipped logisticsParcels() {
    return new PostgresParcels();
  }
}
