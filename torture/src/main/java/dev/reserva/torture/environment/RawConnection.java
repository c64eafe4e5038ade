package dev.reserva.torture.environment;

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

/** A connection to a server that can violate the protocol. */
public final class RawConnection implements AutoCloseable {
  /** No answer: the server closed the connection, or sent nothing in time. */
  public static final int NONE = 0;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
  private static final int PIECE = 64 << 10;
  private static final int STATUS_LINE = "HTTP/1.1 200".length();

  private final Socket socket;
  private boolean broken;

  public RawConnection(URI server) throws IOException {
    this(server, "127.0.0.1");
  }

  /**
   * @param from the client's address, one of the loopback network
   */
  public RawConnection(URI server, String from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) ANSWER_LIMIT.toMillis());
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.getPort()),
        (int) CONNECT_LIMIT.toMillis());
  }

  /** Sets the time-out of the answer. */
  public void answerLimit(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
  }

  public void write(String text) {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes bytes, unless the server has closed the connection; see {@link #isBroken}. */
  public void write(byte[] bytes) {
    if (!broken) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        broken = true;
      }
    }
  }

  /**
   * Writes that many bytes of an endless JSON text, or fewer if the server closes the connection.
   */
  public void writeBody(long size, boolean chunked) {
    byte[] piece = new byte[PIECE];
    Arrays.fill(piece, (byte) 'a');
    piece[0] = '[';
    piece[1] = '"';
    for (long left = size; left > 0 && !broken; left -= PIECE) {
      int length = (int) Math.min(PIECE, left);
      if (chunked) {
        write(Integer.toHexString(length) + "\r\n");
      }
      write(length == PIECE ? piece : Arrays.copyOf(piece, length));
      if (chunked) {
        write("\r\n");
      }
      piece[0] = 'a';
      piece[1] = 'a';
    }
    if (chunked) {
      write("0\r\n\r\n");
    }
  }

  /** Whether the server closed the connection during a write. */
  public boolean isBroken() {
    return broken;
  }

  /** Waits until the server closes the connection; false if the answer time-out expires first. */
  public boolean awaitClosed() {
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // An answer may come first.
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** The status of the answer, or {@link #NONE}. */
  public int status() {
    try {
      byte[] line = socket.getInputStream().readNBytes(STATUS_LINE);
      String text = new String(line, StandardCharsets.ISO_8859_1);
      return text.matches("HTTP/1\\.[01] \\d{3}") ? Integer.parseInt(text.substring(9)) : NONE;
    } catch (IOException e) {
      return NONE;
    }
  }

  /** Closes the output, so that the server sees the end of the request. */
  public void end() {
    try {
      OutputStream out = socket.getOutputStream();
      out.flush();
      socket.shutdownOutput();
    } catch (IOException e) {
      broken = true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
