package dev.reserva.platform.connections;

import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/** Tomcat's sockets, counted when they are accepted. */
final class GuardedEndpoint extends NioEndpoint {

  private @Nullable Connections guarded;
  private @Nullable ScheduledFuture<?> sweeps;

  void guardWith(Connections guarding) {
    guarded = guarding;
  }

  Connections connections() {
    if (guarded == null) {
      throw new IllegalStateException("the connector has no limits yet");
    }
    return guarded;
  }

  /**
   * @return true also for a socket that is refused, which is closed here: with false, Tomcat would
   *     go on counting it
   */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    if (!connections()
        .admit(socket, getMaxConnections(), getConnectionCount(), System.nanoTime())) {
      destroySocket(socket);
      return true;
    }
    return super.setSocketOptions(socket);
  }

  @Override
  public void startInternal() throws Exception {
    super.startInternal();
    Connections swept = connections();
    long period = Connections.PERIOD.toMillis();
    sweeps =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                () -> swept.sweep(System.nanoTime()), period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stopInternal() {
    if (sweeps != null) {
      sweeps.cancel(false);
    }
    super.stopInternal();
  }
}
