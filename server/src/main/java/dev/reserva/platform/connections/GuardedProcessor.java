package dev.reserva.platform.connections;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tells a {@link Connection} what the server waits for: a header, a body, or nothing. */
final class GuardedProcessor extends Http11Processor {

  private final Connections connections;
  private final Adapter watched;

  /** Absent while no connection is served. */
  private @Nullable Connection connection;

  GuardedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, Connections connections) {
    super(protocol, adapter);
    this.connections = connections;
    this.watched = new Whole(adapter);
    request.setInputBuffer(new Counted(request.getInputBuffer()));
  }

  @Override
  public Adapter getAdapter() {
    return watched;
  }

  @Override
  public SocketState service(SocketWrapperBase<?> socket) throws IOException {
    Connection served =
        socket.getSocket() instanceof NioChannel channel
            ? connections.of(channel.getIOChannel())
            : null;
    connection = served;
    SocketState state = super.service(socket);
    if (served != null) {
      long begun = request.getStartTimeNanos();
      boolean open = state == SocketState.LONG || state == SocketState.OPEN;
      if (open && begun >= 0 && !isAsync()) { // a request has begun, if only with a line break
        served.awaitHeader(begun);
      } else {
        served.awaitNothing();
      }
    }
    return state;
  }

  /** Called for each request whose header is complete. */
  private final class Whole implements Adapter {
    private final Adapter inner;

    Whole(Adapter inner) {
      this.inner = inner;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
      Connection served = connection;
      if (served != null) {
        served.awaitNothing();
      }
      try {
        inner.service(request, response);
      } finally {
        // Tomcat reads the rest of a body that nobody wanted, past the counting.
        if (served != null && !isAsync() && !isRequestBodyFullyRead()) {
          served.awaitBody(System.nanoTime());
        }
      }
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
      return inner.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event)
        throws Exception {
      return inner.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
      inner.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
      inner.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
      return inner.getDomain();
    }
  }

  /** The body's bytes on their way to the application. */
  private final class Counted implements InputBuffer {
    private final InputBuffer inner;

    Counted(InputBuffer inner) {
      this.inner = inner;
    }

    /**
     * @throws SocketTimeoutException if the body was overdue
     */
    @Override
    public int doRead(ApplicationBufferHandler target) throws IOException {
      Connection served = connection;
      if (served == null) {
        return inner.doRead(target);
      }
      served.awaitBody(System.nanoTime());
      try {
        int read = inner.doRead(target);
        served.received(read);
        if (read < 0 || isRequestBodyFullyRead()) {
          served.awaitNothing();
        }
        return read;
      } catch (IOException e) {
        if (served.isCut()) {
          SocketTimeoutException timeout = new SocketTimeoutException("the body was too slow");
          timeout.initCause(e);
          throw timeout;
        }
        throw e;
      }
    }

    @Override
    public int available() {
      return inner.available();
    }
  }
}
