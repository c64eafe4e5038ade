package dev.reserva.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An instance of a service that answers as a test says, byte for byte. */
final class FakeInstance implements AutoCloseable {

  /** A request as it arrived, without its body. */
  record Seen(String line, List<String> headers) {
    String header(String name) {
      return String.join(", ", all(name));
    }

    List<String> all(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .toList();
    }
  }

  /** A connection with a request whose header has been read. */
  static final class Exchange {
    private final Socket socket;
    private final InputStream in;
    private final Seen seen;

    private Exchange(Socket socket, InputStream in, Seen seen) {
      this.socket = socket;
      this.in = in;
      this.seen = seen;
    }

    Seen seen() {
      return seen;
    }

    InputStream in() {
      return in;
    }

    OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    void cut() throws IOException {
      socket.close();
    }

    /** The body, chunked or of known length. */
    byte[] body() throws IOException {
      if (!seen.header("Content-Length").isEmpty()) {
        return in.readNBytes(Integer.parseInt(seen.header("Content-Length")));
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (seen.header("Transfer-Encoding").equals("chunked")) {
        int size;
        while ((size = Integer.parseInt(readLine(in), 16)) > 0) {
          body.write(in.readNBytes(size));
          readLine(in);
        }
        readLine(in);
      }
      return body.toByteArray();
    }

    /** Writes a text with line breaks of HTTP for its line breaks. */
    void write(String text) throws IOException {
      out().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out().flush();
    }

    void answer(String body) throws IOException {
      write(
          "HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: %d\n\n%s"
              .formatted(body.length(), body));
    }
  }

  /** What is done with a request. The connection is kept afterwards unless it was cut. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Exchange exchange) throws Exception;
  }

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = FakeInstance::ok;

  FakeInstance() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  private static void ok(Exchange exchange) throws IOException {
    exchange.body();
    exchange.answer("{}");
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  List<Seen> requests() {
    return requests;
  }

  /** Forgets what it has seen. */
  void behave(Behaviour next) {
    requests.clear();
    behaviour = next;
  }

  void behaveWell() {
    behave(FakeInstance::ok);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        String line = readLine(in);
        if (line.isEmpty()) {
          return;
        }
        List<String> headers = new CopyOnWriteArrayList<>();
        for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
          headers.add(header);
        }
        Seen seen = new Seen(line, headers);
        requests.add(seen);
        behaviour.answer(new Exchange(socket, in, seen));
      }
    } catch (Exception e) {
      // The gateway has closed the connection, or the test has.
    } finally {
      open.remove(socket);
    }
  }

  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** As a process is killed: all connections break. */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
