package dev.reserva.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  private static final AddressRules RULES = new AddressRules(List.of());
  private static final UrlRules URLS = new UrlRules(false, Set.of(443), RULES);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.88.99.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2001:0:1::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "::127.0.0.1"
      })
  void what_is_not_public_is_refused(String literal) {
    assertThat(RULES.allows(InetAddress.ofLiteral(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "192.0.1.1", "2a00:1450:4001::1", "2001:4860::1"})
  void public_addresses_are_allowed(String literal) {
    assertThat(RULES.allows(InetAddress.ofLiteral(literal))).isTrue();
  }

  @Test
  void a_named_network_is_allowed_and_no_other() {
    AddressRules rules = new AddressRules(List.of(Network.parse("10.1.0.0/16")));
    assertThat(rules.allows(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
    assertThat(rules.allows(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop.example/",
        "ftp://shop.example/",
        "shop.example",
        "https:///x",
        "https://user@shop.example/",
        "https://shop.example/#x",
        "https://shop.example:22/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://sh op.example/"
      })
  void a_url_that_cannot_be_called_is_refused(String url) {
    assertThatThrownBy(() -> URLS.check(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must ");
  }

  @Test
  void a_name_or_a_public_address_may_be_called() {
    assertThatCode(() -> URLS.check("https://shop.example/hooks?a=b")).doesNotThrowAnyException();
    assertThatCode(() -> URLS.check("https://8.8.8.8:443/")).doesNotThrowAnyException();
  }
}
