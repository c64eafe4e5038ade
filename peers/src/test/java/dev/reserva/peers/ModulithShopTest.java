package dev.reserva.peers;

import dev.reserva.peers.modulith.ModulithShop;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulithShopTest {
  @Test
  void its_modules_know_each_other_by_events_only() {
    ApplicationModules.of(ModulithShop.class).verify();
  }
}
