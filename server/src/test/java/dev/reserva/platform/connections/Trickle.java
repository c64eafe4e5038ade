package dev.reserva.platform.connections;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection whose client sends little, and looks for an answer before each piece. */
final class Trickle implements AutoCloseable {

  /** Far longer than any limit of these tests. */
  private static final int ANSWER_LIMIT_MILLIS = 20_000;

  private final Socket socket;

  Trickle(String from, int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
    socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Sends pieces until the server answers or hangs up, or all are sent.
   *
   * @return the status line, or the empty text if the server has hung up without an answer
   */
  String trickle(String piece, int pieces, Duration pause) throws Exception {
    InputStream in = socket.getInputStream();
    try {
      for (int i = 0; i < pieces && in.available() == 0; i++) {
        send(piece);
        Thread.sleep(pause);
      }
    } catch (SocketException e) {
      // The server has hung up; its answer may have arrived before.
    }
    return statusLine();
  }

  /** The next answer's first line; empty if the server has hung up. */
  String statusLine() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
    } catch (SocketException e) {
      return "";
    }
    return line.toString().strip();
  }

  /** Whether the server hangs up; whatever it sends before is skipped. */
  boolean isHungUp() throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
