package dev.reserva.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy's target is an echo server. */
class TcpProxyTest {
  private static final int PATIENCE_MILLIS = 200;
  private ServerSocket echo;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
    proxy = new TcpProxy(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket caller = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (caller) {
                caller.getInputStream().transferTo(caller.getOutputStream());
              } catch (IOException e) {
                // The proxy has cut the connection.
              }
            });
      } catch (IOException e) {
        return;
      }
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static int echoed(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    return socket.getInputStream().read();
  }

  @Test
  void what_is_sent_passes_in_both_directions() throws IOException {
    try (Socket socket = connected()) {
      assertThat(echoed(socket, 42)).isEqualTo(42);
      assertThat(proxy.affected()).isZero();
    }
  }

  @Test
  void a_cut_connection_ends_and_a_new_one_works() throws IOException {
    try (Socket socket = connected()) {
      assertThat(echoed(socket, 1)).isEqualTo(1);
      proxy.cut();
      assertThat(socket.getInputStream().read()).isNegative();
    }
    assertThat(proxy.affected()).isEqualTo(1);
    try (Socket socket = connected()) {
      assertThat(echoed(socket, 2)).isEqualTo(2);
    }
  }

  @Test
  void held_bytes_arrive_when_the_network_goes_on() throws IOException {
    try (Socket socket = connected()) {
      assertThat(echoed(socket, 1)).isEqualTo(1);
      proxy.hold(true);
      assertThatThrownBy(() -> echoed(socket, 2)).isInstanceOf(SocketTimeoutException.class);
      proxy.hold(false);
      assertThat(socket.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void a_forgotten_connection_stays_open_and_silent_while_a_new_one_works() throws IOException {
    try (Socket old = connected()) {
      assertThat(echoed(old, 1)).isEqualTo(1);
      proxy.forget();
      assertThatThrownBy(() -> echoed(old, 2)).isInstanceOf(SocketTimeoutException.class);
      try (Socket other = connected()) {
        assertThat(echoed(other, 3)).isEqualTo(3);
      }
      assertThatThrownBy(() -> old.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void muted_answers_are_gone_for_good() throws IOException {
    try (Socket socket = connected()) {
      assertThat(echoed(socket, 1)).isEqualTo(1);
      proxy.dropAnswers(true);
      assertThatThrownBy(() -> echoed(socket, 2)).isInstanceOf(SocketTimeoutException.class);
      proxy.dropAnswers(false);
      assertThat(echoed(socket, 3)).isEqualTo(3);
    }
  }

  @Test
  void delayed_bytes_take_at_least_the_delay_each_way() throws IOException {
    try (Socket socket = connected()) {
      socket.setSoTimeout(10_000);
      proxy.delay(Duration.ofMillis(50));
      long start = System.nanoTime();
      assertThat(echoed(socket, 1)).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void a_refused_connection_ends_at_once() throws IOException {
    proxy.refuse(true);
    try (Socket socket = connected()) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }
}
