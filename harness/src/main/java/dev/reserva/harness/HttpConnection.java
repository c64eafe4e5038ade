package dev.reserva.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection of HTTP/1.1 to a server on this machine, for one caller at a time. It
 * implements little of the protocol, because it shares the cores with the server that it measures:
 * a request is one write, and an answer has a Content-Length or chunks.
 *
 * <p>When the server closes the connection after an answer, the next request opens another. No
 * request is sent twice.
 */
public final class HttpConnection implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Longer than the slowest answer, that of the integrity checks. */
  public static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);

  private static final int LONGEST_LINE = 16 << 10;
  private static final int LARGEST_BODY = 16 << 20;
  private static final byte[] NO_BODY = new byte[0];

  private final InetSocketAddress address;
  private final String host;
  private final Duration answerLimit;
  private final byte[] buffer = new byte[16 << 10];
  private int next;
  private int filled;
  private @Nullable Socket socket;

  /**
   * @param server such as {@code http://localhost:8080}; the host is always 127.0.0.1
   */
  public HttpConnection(URI server) {
    this(server, ANSWER_LIMIT);
  }

  /**
   * @param answerLimit longest time without a byte of the answer; after it, an IOException is
   *     thrown
   */
  public HttpConnection(URI server, Duration answerLimit) {
    this.answerLimit = answerLimit;
    this.address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.getPort());
    this.host = "localhost:" + server.getPort();
  }

  /** The server's answer. */
  public static final class Answer {
    private final int status;
    private final @Nullable String retryAfter;
    private final byte[] body;

    private Answer(int status, @Nullable String retryAfter, byte[] body) {
      this.status = status;
      this.retryAfter = retryAfter;
      this.body = body;
    }

    public int status() {
      return status;
    }

    /** Whether the answer has a {@code Retry-After} in seconds. */
    public boolean hasRetryAfter() {
      return retryAfter != null && retryAfter.matches("[1-9][0-9]{0,4}");
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public Answer get(String path, String headers) throws IOException {
    return send("GET", path, headers, NO_BODY);
  }

  /**
   * @param headers whole lines, each ended by CR LF; may be empty
   */
  public Answer post(String path, String headers, String json) throws IOException {
    return send(
        "POST",
        path,
        headers + "Content-Type: application/json\r\n",
        json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a request with any method and body.
   *
   * @param headers whole lines, each ended by CR LF; may be empty
   * @throws IOException when no complete answer arrived; the outcome of the request is unknown
   */
  public Answer send(String method, String path, String headers, byte[] body) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + (body.length > 0 ? "Content-Length: " + body.length + "\r\n\r\n" : "\r\n");
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    Socket connected = connected();
    try {
      OutputStream out = connected.getOutputStream();
      out.write(request);
      return answer(connected.getInputStream());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Socket connected() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket();
      try {
        open.setTcpNoDelay(true);
        open.setSoTimeout((int) answerLimit.toMillis());
        open.connect(address, (int) CONNECT_LIMIT.toMillis());
      } catch (IOException e) {
        open.close();
        throw e;
      }
      next = 0;
      filled = 0;
      socket = open;
    }
    return open;
  }

  private Answer answer(InputStream in) throws IOException {
    while (true) {
      String statusLine = line(in);
      if (!statusLine.matches("HTTP/1\\.1 \\d{3}.*")) {
        throw new IOException("the status line is not one of HTTP/1.1: " + statusLine);
      }
      int status = Integer.parseInt(statusLine.substring(9, 12));
      long length = -1;
      boolean chunked = false;
      boolean closes = false;
      String retryAfter = null;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        if (colon < 0) {
          throw new IOException("a header has no colon: " + line);
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
          case "content-length" -> length = Long.parseLong(value);
          case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
          case "connection" -> closes = value.equalsIgnoreCase("close");
          case "retry-after" -> retryAfter = value;
          default -> {
            // Other headers are ignored.
          }
        }
      }
      if (status < 200) {
        continue;
      }
      byte[] body = chunked ? chunks(in) : sized(in, status, length);
      if (closes) {
        close();
      }
      return new Answer(status, retryAfter, body);
    }
  }

  private byte[] sized(InputStream in, int status, long length) throws IOException {
    if (length < 0) {
      if (status == 204 || status == 304) {
        return NO_BODY;
      }
      throw new IOException("an answer with status " + status + " has no length");
    }
    return bytes(in, length);
  }

  private byte[] chunks(InputStream in) throws IOException {
    byte[] body = NO_BODY;
    while (true) {
      String size = line(in);
      int extension = size.indexOf(';');
      long length =
          Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
      if (length == 0) {
        while (!line(in).isEmpty()) {
          // Trailers are ignored.
        }
        return body;
      }
      byte[] chunk = bytes(in, length);
      int had = body.length;
      if (had + chunk.length > LARGEST_BODY) {
        throw new IOException("the body has more than " + LARGEST_BODY + " bytes");
      }
      body = Arrays.copyOf(body, had + chunk.length);
      System.arraycopy(chunk, 0, body, had, chunk.length);
      if (!line(in).isEmpty()) {
        throw new IOException("a chunk is longer than its size");
      }
    }
  }

  private byte[] bytes(InputStream in, long length) throws IOException {
    if (length < 0 || length > LARGEST_BODY) {
      throw new IOException("length must be 0..%d, was %d".formatted(LARGEST_BODY, length));
    }
    byte[] bytes = new byte[(int) length];
    int read = 0;
    while (read < bytes.length) {
      if (next == filled) {
        fill(in);
      }
      int part = Math.min(bytes.length - read, filled - next);
      System.arraycopy(buffer, next, bytes, read, part);
      next += part;
      read += part;
    }
    return bytes;
  }

  private String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (line.length() <= LONGEST_LINE) {
      if (next == filled) {
        fill(in);
      }
      char c = (char) (buffer[next++] & 0xff);
      if (c == '\n') {
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r'
            ? line.substring(0, end - 1)
            : line.toString();
      }
      line.append(c);
    }
    throw new IOException("a line has more than " + LONGEST_LINE + " characters");
  }

  private void fill(InputStream in) throws IOException {
    int read = in.read(buffer);
    if (read < 0) {
      throw new EOFException("the server closed the connection before the answer was complete");
    }
    next = 0;
    filled = read;
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }
}
