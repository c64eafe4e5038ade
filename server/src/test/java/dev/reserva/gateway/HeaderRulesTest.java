package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "UPGRADE"
      })
  void headers_of_one_connection_pass_in_no_direction(String name) {
    assertThat(HeaderRules.passesToServices(name, Set.of())).isFalse();
    assertThat(HeaderRules.passesInHandshake(name, Set.of())).isFalse();
    assertThat(HeaderRules.passesToClients(name, Set.of())).isFalse();
  }

  @Test
  void neither_do_those_that_connection_names() {
    Set<String> named = HeaderRules.namedBy(List.of("close, X-Hop", "x-other"));
    assertThat(named).containsExactlyInAnyOrder("close", "x-hop", "x-other");
    assertThat(HeaderRules.passesToServices("X-HOP", named)).isFalse();
    assertThat(HeaderRules.passesToClients("x-Other", named)).isFalse();
    assertThat(HeaderRules.passesToServices("x-kept", named)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Content-Length",
        "Expect",
        "Forwarded",
        "X-Forwarded-For",
        "x-forwarded-proto",
        "X-Forwarded-Anything",
        "Via",
        "X-Correlation-Id"
      })
  void what_the_gateway_writes_itself_is_not_taken_from_clients(String name) {
    assertThat(HeaderRules.passesToServices(name, Set.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Cookie",
        "Idempotency-Key",
        "If-Match",
        "Content-Type",
        "Content-Encoding",
        "Accept-Encoding",
        "traceparent",
        "Prefer",
        "Origin"
      })
  void everything_else_passes(String name) {
    assertThat(HeaderRules.passesToServices(name, Set.of())).isTrue();
    assertThat(HeaderRules.passesToClients(name, Set.of())).isTrue();
  }

  @Test
  void a_handshake_is_the_gateways_own() {
    assertThat(HeaderRules.passesInHandshake("Sec-WebSocket-Key", Set.of())).isFalse();
    assertThat(HeaderRules.passesInHandshake("Origin", Set.of())).isFalse();
    assertThat(HeaderRules.passesInHandshake("User-Agent", Set.of())).isTrue();
  }

  @Test
  void a_close_code_that_must_not_be_sent_becomes_one_that_may() {
    assertThat(SocketRelay.sendable(1005)).isEqualTo(1000);
    assertThat(SocketRelay.sendable(1006)).isEqualTo(1001);
    assertThat(SocketRelay.sendable(4401)).isEqualTo(4401);
  }
}
