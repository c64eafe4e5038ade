package dev.reserva.cli.story;

import dev.reserva.cli.api.Customer;
import dev.reserva.cli.api.Product;
import java.util.List;
import java.util.UUID;

/** The products and customers that the steps share. */
record Shop(
    Product laptop, Product mouse, Product keyboard, Customer ana, Customer bruno, Customer carla) {

  List<UUID> products() {
    return List.of(laptop.id(), mouse.id(), keyboard.id());
  }
}
