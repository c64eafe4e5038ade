package dev.reserva.torture.shop;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * The admin's token, shared by all connections. One logs in while the others wait. A token is not
 * used to its end, so that a request that is sent late is accepted.
 */
public final class Session {
  private final URI server;
  private final String password;
  private final ReentrantLock lock = new ReentrantLock();
  private String token = "";
  private long renewAt;

  public Session(URI server, String adminPassword) {
    this.server = server;
    this.password = adminPassword;
  }

  /**
   * @throws IOException when the log-in fails; the caller may try again
   */
  public String token() throws IOException {
    lock.lock();
    try {
      return token.isEmpty() || System.nanoTime() - renewAt >= 0 ? login() : token;
    } finally {
      lock.unlock();
    }
  }

  /** Returns another token than the refused one. */
  public String tokenInsteadOf(String refused) throws IOException {
    lock.lock();
    try {
      return token.equals(refused) ? login() : token();
    } finally {
      lock.unlock();
    }
  }

  private String login() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      Answer answer =
          connection.post(
              "/api/auth/token",
              "",
              Api.JSON.writeValueAsString(Map.of("username", "admin", "password", password)));
      if (answer.status() != 200) {
        throw new IOException("the log-in is answered " + answer.status() + " " + answer.text());
      }
      JsonNode body = Api.JSON.readTree(answer.text());
      token = body.path("accessToken").asString();
      Duration lifetime = Duration.ofSeconds(body.path("expiresIn").asLong());
      renewAt = System.nanoTime() + lifetime.toNanos() / 2;
      return token;
    }
  }
}
