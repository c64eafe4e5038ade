package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.of(List.of("10.0.0.0/8", " 192.0.2.1", "2001:db8:1::/48"));

  private static String client(String peer, String... forwardedFor) {
    return PROXIES.client(new ClientAddress(peer), List.of(forwardedFor)).text();
  }

  @Test
  void a_client_that_is_no_trusted_proxy_is_itself_whatever_it_says() {
    assertThat(client("203.0.113.7", "198.51.100.1")).isEqualTo("203.0.113.7");
    assertThat(client("11.0.0.1", "198.51.100.1")).isEqualTo("11.0.0.1");
    assertThat(client("2001:db8:2::1", "198.51.100.1")).isEqualTo("2001:db8:2::1");
    assertThat(
            TrustedProxies.NONE
                .client(new ClientAddress("10.0.0.1"), List.of("198.51.100.1"))
                .text())
        .isEqualTo("10.0.0.1");
  }

  @Test
  void the_list_is_read_from_the_right_through_trusted_proxies_only() {
    assertThat(client("10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(client("10.0.0.1", "6.6.6.6, 198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(client("10.0.0.1", "6.6.6.6, 198.51.100.1,192.0.2.1 , 10.9.9.9"))
        .isEqualTo("198.51.100.1");
    assertThat(client("2001:db8:1::5", "6.6.6.6", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(client("::ffff:10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
  }

  @Test
  void if_all_are_trusted_the_first_of_them_is_the_client() {
    assertThat(client("10.0.0.1", "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
    assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "unknown", "_hidden", "example.org", "1", "300.1.1.1", "[::1", "x:1"})
  void an_entry_that_is_no_address_ends_the_reading(String entry) {
    assertThat(client("10.0.0.1", "6.6.6.6, " + entry)).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1:4711, 198.51.100.1",
    "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
    "[2001:db8::7]:4711, 2001:db8:0:0:0:0:0:7",
    "2001:db8::7, 2001:db8:0:0:0:0:0:7",
  })
  void a_port_and_brackets_are_no_part_of_the_address(String entry, String address) {
    assertThat(client("10.0.0.1", entry)).isEqualTo(address);
  }

  @Test
  void an_endless_list_of_proxies_is_not_followed() {
    String list = "198.51.100.1" + ", 10.0.0.9".repeat(10_000);

    assertThat(client("10.0.0.1", list)).isEqualTo("10.0.0.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy.example.org",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0.1/8",
        "10/8",
        "::/129"
      })
  void what_is_no_network_is_refused_as_a_proxy(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reserva.http.trusted-proxies must be addresses or networks like 10.0.0.0/8, was "
                + text);
  }

  @Test
  void one_network_of_ipv6_counts_as_one_client() {
    assertThat(new ClientAddress("2001:db8:0:1::1").network())
        .isEqualTo(new ClientAddress("2001:db8:0:1:ffff::2").network())
        .isNotEqualTo(new ClientAddress("2001:db8:0:2::1").network());
    assertThat(new ClientAddress("fe80::1%lo").network())
        .isEqualTo(new ClientAddress("fe80::2").network());
    assertThat(new ClientAddress("203.0.113.7").network()).isEqualTo("203.0.113.7");
  }
}
