package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayCommandTest {

  @Test
  void routes_become_properties() {
    assertThat(
            GatewayCommand.arguments(
                8080, List.of("sales=http://a:1,http://b:2", "inventory=http://c:3")))
        .containsExactly(
            "--server.port=8080",
            "--reserva.gateway.routes.sales=http://a:1,http://b:2",
            "--reserva.gateway.routes.inventory=http://c:3");
  }

  @Test
  void an_unknown_service_or_a_second_mention_is_refused() {
    assertThatThrownBy(() -> GatewayCommand.arguments(1, List.of("sale=http://a:1")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "--route must be like sales=http://10.0.0.5:8080 with one of sales, inventory,"
                + " financial, logistics, customers, notifications, webhooks, operations, was sale=http://a:1");
    assertThatThrownBy(() -> GatewayCommand.arguments(1, List.of("http://a:1")))
        .isInstanceOf(CommandFailure.class);
    assertThatThrownBy(
            () -> GatewayCommand.arguments(1, List.of("sales=http://a:1", "sales=http://b:1")))
        .hasMessage("--route names sales twice; separate its URLs by commas");
  }
}
