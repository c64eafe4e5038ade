package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminLoginTest {

  private final AtomicInteger logins = new AtomicInteger();
  private volatile int status = 200;
  private volatile int seconds = 600;
  private HttpServer server;
  private URI url;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/auth/token",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body =
              "{\"accessToken\":\"t%d\",\"expiresIn\":%d}"
                  .formatted(logins.incrementAndGet(), seconds)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_token_is_used_while_it_is_young() throws Exception {
    AdminLogin login = AdminLogin.at(url, "password");

    for (int i = 0; i < 100; i++) {
      assertThat(login.header()).isEqualTo("Authorization: Bearer t1\r\n");
    }
    assertThat(login.movedTo(url).header()).isEqualTo("Authorization: Bearer t1\r\n");
    assertThat(logins).hasValue(1);
  }

  @Test
  void a_token_that_is_about_to_expire_is_renewed() throws Exception {
    seconds = 0;
    AdminLogin login = AdminLogin.at(url, "password");
    seconds = 600;

    assertThat(login.header()).isEqualTo("Authorization: Bearer t2\r\n");
    assertThat(login.header()).isEqualTo("Authorization: Bearer t2\r\n");
  }

  @Test
  void a_renewal_that_is_refused_is_tried_again_later() throws Exception {
    seconds = 0;
    AdminLogin login = AdminLogin.at(url, "password");
    status = 503;

    assertThat(login.header()).as("the token is still good").contains("t1");
    assertThat(login.header()).contains("t1");
    assertThat(logins).as("not with each request").hasValue(2);
  }

  @Test
  void a_first_log_in_that_is_refused_fails() {
    status = 401;

    assertThatThrownBy(() -> AdminLogin.at(url, "password")).hasMessageContaining("401");
  }
}
