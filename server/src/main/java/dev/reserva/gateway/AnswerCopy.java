package dev.reserva.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.coyote.CloseNowException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** Writes an instance's answer to the client, with the headers that pass. */
final class AnswerCopy {

  private static final int BUFFER = 16 * 1024;

  private AnswerCopy() {}

  /**
   * The instance broke off its answer. Thrown to the container, it closes the client's connection,
   * so that the client notices.
   */
  static final class Cut extends CloseNowException {
    private static final long serialVersionUID = 1;

    Cut(IOException cause) {
      super("the instance broke off its answer", cause);
    }
  }

  /**
   * Copies piece by piece. The instance is read as fast as the client takes the pieces.
   *
   * @throws Cut if the instance breaks off its answer
   * @throws IOException if the client has disconnected
   */
  static void copy(ClassicHttpResponse from, HttpServletResponse to) throws IOException {
    to.setStatus(from.getCode());
    copyHeaders(from, to);
    HttpEntity body = from.getEntity();
    if (body != null) {
      copyBody(body, to);
    }
  }

  private static void copyHeaders(ClassicHttpResponse from, HttpServletResponse to) {
    Set<String> connection =
        HeaderRules.namedBy(
            Arrays.stream(from.getHeaders("Connection")).map(Header::getValue).toList());
    Set<String> written = new HashSet<>();
    for (Header header : from.getHeaders()) {
      if (!HeaderRules.passesToClients(header.getName(), connection)) {
        continue;
      }
      // The service's own replaces what the gateway has written, such as Cache-Control.
      if (written.add(header.getName().toLowerCase(Locale.ROOT))) {
        to.setHeader(header.getName(), header.getValue());
      } else {
        to.addHeader(header.getName(), header.getValue());
      }
    }
    to.setHeader("Via", via(from));
    Header length = from.getLastHeader("Content-Length");
    if (length != null) {
      to.setContentLengthLong(Long.parseLong(length.getValue().strip()));
    }
  }

  private static String via(ClassicHttpResponse from) {
    List<String> hops = Arrays.stream(from.getHeaders("Via")).map(Header::getValue).toList();
    return hops.isEmpty() ? HeaderRules.VIA : String.join(", ", hops) + ", " + HeaderRules.VIA;
  }

  private static void copyBody(HttpEntity body, HttpServletResponse to) throws IOException {
    InputStream in = body.getContent();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    boolean ofUnknownLength = body.getContentLength() < 0;
    while (true) {
      int read;
      try {
        read = in.read(buffer);
      } catch (IOException e) {
        throw new Cut(e);
      }
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      if (ofUnknownLength && in.available() == 0) {
        out.flush(); // a stream, whose next piece may come later
      }
    }
  }
}
