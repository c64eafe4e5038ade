package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnknownPropertiesTest {

  @Test
  void a_misspelt_property_is_reported_with_the_nearest_name() {
    assertThat(UnknownProperties.unknownProperties("reserva.inventory.reservation-tl"))
        .containsExactly(
            "there is no property reserva.inventory.reservation-tl; the nearest is"
                + " reserva.inventory.reservation-ttl");
    assertThat(UnknownProperties.unknownProperties("reserva.datbase.url"))
        .containsExactly(
            "there is no property reserva.datbase.url; the nearest is reserva.database.url");
    assertThat(UnknownProperties.unknownVariables(Map.of("RESERVA_SALES_DEADLINES_PADI", "1m")))
        .containsExactly(
            "there is no property RESERVA_SALES_DEADLINES_PADI; the nearest is"
                + " RESERVA_SALES_DEADLINES_PAID");
  }

  @Test
  void every_property_is_known_in_every_form_that_is_bound() {
    assertThat(KnownProperties.NAMES).hasSizeGreaterThan(40);
    Map<String, String> variables = new TreeMap<>();
    for (String name : KnownProperties.NAMES) {
      String shortForm = name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
      variables.put(shortForm, "x");
      variables.put(name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT), "x");
      assertThat(UnknownProperties.unknownProperties(name, name.replace("-", ""))).isEmpty();
    }
    assertThat(UnknownProperties.unknownVariables(variables)).isEmpty();
  }

  @Test
  void properties_of_other_programs_are_ignored() {
    assertThat(
            UnknownProperties.unknownProperties(
                "spring.main.banner-mode", "reservation.x", "reserva.failpoint"))
        .isEmpty();
    assertThat(
            UnknownProperties.unknownVariables(
                Map.of(
                    "RESERVA_ADMIN_PASSWORD", "x",
                    "RESERVA_JAVA_HOME", "/usr/lib/jvm/25",
                    "RESERVA_JAVA_OPTS", "-Xmx1g",
                    "RESERVA_CACHE", "/var/cache",
                    "RESERVA_HISTORY", "a.csv",
                    "PATH", "/bin")))
        .isEmpty();
    assertThat(
            UnknownProperties.unknownVariables(
                Map.of(
                    "RESERVA_SERVICE_HOST", "10.0.0.7",
                    "RESERVA_SERVICE_PORT", "8080",
                    "RESERVA_SERVICE_PORT_HTTP", "8080",
                    "RESERVA_PORT_8080_TCP", "tcp://10.0.0.7:8080",
                    "RESERVA_PORT_8080_TCP_ADDR", "10.0.0.7",
                    "RESERVA_POSTGRES_SERVICE_HOST", "10.0.0.8",
                    "RESERVA_POSTGRES_PORT", "tcp://10.0.0.8:5432")))
        .isEmpty();
  }

  @Test
  void the_distance_of_two_names_counts_changed_characters() {
    assertThat(UnknownProperties.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(UnknownProperties.distance("", "abc")).isEqualTo(3);
    assertThat(UnknownProperties.distance("port", "port")).isZero();
  }
}
