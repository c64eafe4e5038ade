package dev.reserva.torture.shop;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The admin's token, which all connections share: one logs in, the others wait for it. */
public final class Session {
  private final URI server;
  private final String password;
  private final ReentrantLock lock = new ReentrantLock();
  private String token = "";

  public Session(URI server, String adminPassword) {
    this.server = server;
    this.password = adminPassword;
  }

  /**
   * @throws IOException when there is none to be had now: whoever asks comes again
   */
  public String token() throws IOException {
    lock.lock();
    try {
      return token.isEmpty() ? login() : token;
    } finally {
      lock.unlock();
    }
  }

  /** Another token than one that was not accepted. */
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
        throw new IOException("no token: " + answer.status() + " " + answer.text());
      }
      token = Api.JSON.readTree(answer.text()).path("accessToken").asString();
      return token;
    }
  }
}
