package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.sales.SalesConfiguration;
import org.junit.jupiter.api.Test;

class SelectedServicesTest {

  @Test
  void all_services_run_by_default() {
    assertThat(SelectedServices.configurations(""))
        .containsOnlyKeys(
            "sales",
            "inventory",
            "financial",
            "logistics",
            "customers",
            "notifications",
            "webhooks",
            "operations")
        .containsEntry("sales", SalesConfiguration.class);
  }

  @Test
  void only_the_named_services_run() {
    assertThat(SelectedServices.configurations("sales, customers"))
        .containsOnlyKeys("sales", "customers");
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> SelectedServices.configurations("sales,shipping"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reserva.services must name services of sales, inventory, financial, logistics, customers,"
                + " notifications, webhooks, operations, separated by commas; \"shipping\" is none");
  }
}
