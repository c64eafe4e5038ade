package dev.reserva.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server that gives the answers of a test, and what a command shows of them. A test that uses it
 * runs alone, because it watches the standard output of the process.
 */
final class AnsweringServer implements AutoCloseable {

  private final Path data;
  private final HttpServer server;

  private AnsweringServer(Path data, HttpServer server) {
    this.data = data;
    this.server = server;
  }

  /**
   * Starts a server that lets the administrator in.
   *
   * @param data an empty folder, which gets the administrator's password
   */
  static AnsweringServer start(Path data) throws IOException {
    Files.writeString(data.resolve("admin-password"), "secret");
    AnsweringServer answering =
        new AnsweringServer(
            data, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    answering.answer(
        "/api/auth/token", "{\"accessToken\":\"t\",\"tokenType\":\"Bearer\",\"expiresIn\":60}");
    answering.server.start();
    return answering;
  }

  /** Answers a path with JSON from now on. */
  void answer(String path, String json) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  /** What a command did. */
  record Ended(int status, String output) {}

  /** Runs a command that asks this server. */
  Ended run(String command) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (PrintStream watched = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(watched);
      int status =
          Main.execute(
              command,
              "--url",
              "http://127.0.0.1:" + server.getAddress().getPort(),
              "--data",
              data.toString());
      return new Ended(status, shown.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
