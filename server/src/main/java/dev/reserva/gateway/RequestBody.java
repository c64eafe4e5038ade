package dev.reserva.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. A short one of known length is kept, so that it can be sent again; any
 * other is streamed, and sent once.
 */
final class RequestBody {

  static final RequestBody NONE = new RequestBody(null, null, 0);

  /** Of all bodies of the API but those of large orders. */
  static final int MOST_KEPT = 64 * 1024;

  private final byte @Nullable [] kept;
  private final @Nullable InputStream streamed;
  private final long length;

  private RequestBody(byte @Nullable [] kept, @Nullable InputStream streamed, long length) {
    this.kept = kept;
    this.streamed = streamed;
    this.length = length;
  }

  /** The client did not send its body to the end, or was too slow. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(IOException cause) {
      super(cause);
    }
  }

  /**
   * @throws Unreadable if the client does not send a short body to its end
   */
  static RequestBody of(HttpServletRequest request) throws IOException {
    long announced = request.getContentLengthLong();
    if (announced < 0 && request.getHeader("Transfer-Encoding") == null) {
      return NONE;
    }
    InputStream from = new OfTheClient(request.getInputStream());
    return announced >= 0 && announced <= MOST_KEPT
        ? new RequestBody(from.readNBytes((int) announced), null, announced)
        : new RequestBody(null, from, announced);
  }

  boolean isReplayable() {
    return streamed == null;
  }

  @Nullable HttpEntity entity() {
    if (kept != null) {
      return new ByteArrayEntity(kept, null);
    }
    return streamed == null ? null : new InputStreamEntity(streamed, length, null);
  }

  /** Marks failures of the client, which are none of the instance. */
  private static final class OfTheClient extends FilterInputStream {

    OfTheClient(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw new Unreadable(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        throw new Unreadable(e);
      }
    }
  }
}
