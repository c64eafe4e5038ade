package dev.reserva.bench;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header by which the admin of a server is known. A run takes longer than a token lives, so it
 * logs in again in time. Safe for use by many threads.
 */
public final class AdminLogin {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** After a log-in that was refused, such as by an overloaded server. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * @param header a whole line, ended by CR LF
   * @param renewAt by {@link System#nanoTime()}: long before it expires
   */
  private record Token(String header, long renewAt) {
    boolean isDue() {
      return System.nanoTime() - renewAt >= 0;
    }
  }

  private final URI server;
  private final String password;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Token token;

  private AdminLogin(URI server, String password, Token token) {
    this.server = server;
    this.password = password;
    this.token = token;
  }

  /** Logs in. */
  public static AdminLogin at(URI server, String password) throws IOException {
    return new AdminLogin(server, password, logIn(server, password));
  }

  /** The same login on a restarted server, which accepts its tokens. */
  AdminLogin movedTo(URI where) {
    return new AdminLogin(where, password, token);
  }

  /** A whole line, ended by CR LF. */
  public String header() {
    Token current = token;
    // One thread renews while the others use the token that is still valid.
    if (current.isDue() && renewing.tryLock()) {
      try {
        if (token.isDue()) {
          token = renewed(current);
        }
      } finally {
        renewing.unlock();
      }
    }
    return token.header();
  }

  private Token renewed(Token current) {
    try {
      return logIn(server, password);
    } catch (IOException | BenchFailure e) {
      return new Token(current.header(), System.nanoTime() + PAUSE.toNanos());
    }
  }

  private static Token logIn(URI server, String password) throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      Answer answer =
          connection.post(
              "/api/auth/token",
              "",
              JSON.writeValueAsString(Map.of("username", "admin", "password", password)));
      if (answer.status() != 200) {
        throw new BenchFailure("the log-in is answered " + answer.status() + ": " + answer.text());
      }
      JsonNode body = JSON.readTree(answer.text());
      Duration lifetime = Duration.ofSeconds(body.path("expiresIn").asLong());
      return new Token(
          "Authorization: Bearer " + body.path("accessToken").asString() + "\r\n",
          System.nanoTime() + lifetime.toNanos() / 2);
    }
  }
}
