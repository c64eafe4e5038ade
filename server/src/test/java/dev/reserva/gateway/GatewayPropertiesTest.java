package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GatewayPropertiesTest {

  private static GatewayProperties bound(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reserva.gateway", GatewayProperties.class);
  }

  @Test
  void defaults_are_as_documented() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new GatewayProperties(
                new GatewayProperties.Routes(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                512,
                200,
                Duration.ofMinutes(2)));
  }

  @Test
  void a_service_may_have_several_instances_or_none() {
    assertThat(
            bound(
                    Map.of(
                        "reserva.gateway.routes.sales",
                        "http://127.0.0.1:8101,http://[::1]:8102/",
                        "reserva.gateway.routes.customers",
                        "https://customers.example.org"))
                .instances())
        .isEqualTo(
            Map.of(
                Service.SALES,
                List.of(URI.create("http://127.0.0.1:8101"), URI.create("http://[::1]:8102/")),
                Service.CUSTOMERS,
                List.of(URI.create("https://customers.example.org"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "ftp://a",
        "http://a/path",
        "http://u:p@a",
        "http://a?x",
        "http://a,http://a",
        "http://a b"
      })
  void anything_else_is_refused_with_its_name(String url) {
    assertThatThrownBy(() -> bound(Map.of("reserva.gateway.routes.sales", url)))
        .rootCause()
        .hasMessageStartingWith("reserva.gateway.routes.sales must ");
  }
}
