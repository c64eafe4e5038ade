package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.gateway.FakeInstance.Exchange;
import dev.reserva.gateway.FakeInstance.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The live feed through the gateway, from an instance that the test plays. */
class GatewaySocketsIT {

  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String HANDSHAKE =
      """
      GET /ws/dashboard HTTP/1.1
      Host: shop
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==%s

      """;

  private static FakeInstance operations;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    operations = new FakeInstance();
    gateway =
        TestGateway.start(
            "reserva.gateway.routes.operations=" + operations.url(),
            "reserva.gateway.sockets=2",
            "reserva.gateway.socket-idle-timeout=3s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    operations.close();
  }

  @AfterEach
  void ended() {
    await().atMost(SOON).until(() -> gateway.bean(SocketRelays.class).open() == 0);
  }

  // The instance's side.

  private static void handshake(Exchange exchange, String more) throws Exception {
    byte[] accept =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (exchange.seen().header("Sec-WebSocket-Key")
                        + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                    .getBytes(StandardCharsets.ISO_8859_1));
    exchange.write(
        "HTTP/1.1 101 Switching\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: %s\n%s\n"
            .formatted(Base64.getEncoder().encodeToString(accept), more));
  }

  private static void send(Exchange exchange, int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 4);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else {
      frame.put((byte) 126).putShort((short) payload.length);
    }
    frame.put(payload);
    exchange.out().write(frame.array(), 0, frame.position());
    exchange.out().flush();
  }

  /** A frame: its opcode, then its payload. */
  private static byte[] receive(InputStream in) throws IOException {
    int opcode = in.read() & 0x0f;
    int length = in.read() & 0x7f;
    if (length == 126) {
      length = (in.read() << 8) | in.read();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    byte[] frame = new byte[length + 1];
    frame[0] = (byte) opcode;
    for (int i = 0; i < payload.length; i++) {
      frame[i + 1] = (byte) (payload[i] ^ mask[i % 4]);
    }
    return frame;
  }

  private static void closeWhenTold(Exchange exchange) {
    try {
      if (receive(exchange.in())[0] == CLOSE) {
        exchange.cut();
      }
    } catch (IOException e) {
      // The gateway has cut the connection.
    }
  }

  private static String text(byte[] frame) {
    return new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8);
  }

  private static byte[] closing(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + 2).putShort((short) code).put(text).array();
  }

  // The client's side.

  /** Collects what arrives, as {@code text:…}, {@code binary:…} and {@code close:code:reason}. */
  private static final class Client implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;

    static Client open(String... protocols) {
      Client client = new Client();
      WebSocket.Builder builder = gateway.http().newWebSocketBuilder();
      if (protocols.length > 0) {
        builder.subprotocols(
            protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
      }
      client.socket = builder.buildAsync(gateway.uri("ws", "/ws/dashboard?a=1"), client).join();
      return client;
    }

    WebSocket socket() {
      return java.util.Objects.requireNonNull(socket);
    }

    String next() throws InterruptedException {
      return String.valueOf(received.poll(20, TimeUnit.SECONDS));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.add("text:" + text);
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      received.add("binary:" + data.remaining());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      received.add("close:" + code + ":" + reason);
      return null;
    }
  }

  @Test
  @EffectOf("reserva.gateway.routes.operations")
  void frames_and_the_end_pass_in_both_directions() throws Exception {
    BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    String large = "ä".repeat(15_000);
    operations.behave(exchange -> {
      handshake(exchange, "");
      // At once, while the client's handshake is still under way.
      send(exchange, TEXT, "welcome".getBytes(StandardCharsets.UTF_8));
      frames.add(receive(exchange.in()));
      frames.add(receive(exchange.in()));
      send(exchange, TEXT, large.getBytes(StandardCharsets.UTF_8));
      send(exchange, BINARY, new byte[] {1, 2, 3});
      send(exchange, CLOSE, closing(4401, "token expired"));
      frames.add(receive(exchange.in()));
    });
    Client client = Client.open();
    assertThat(client.next()).isEqualTo("text:welcome");
    client.socket().sendText("hello", true).join();
    client.socket().sendBinary(ByteBuffer.wrap(new byte[] {7}), true).join();
    assertThat(client.next()).isEqualTo("text:" + large);
    assertThat(client.next()).isEqualTo("binary:3");
    assertThat(client.next()).isEqualTo("close:4401:token expired");

    byte[] text = frames.poll(20, TimeUnit.SECONDS);
    assertThat(text).isNotNull().startsWith(TEXT);
    assertThat(text(text)).isEqualTo("hello");
    assertThat(frames.poll(20, TimeUnit.SECONDS)).containsExactly(BINARY, 7);
    Seen seen = operations.requests().getFirst();
    assertThat(seen.line()).isEqualTo("GET /ws/dashboard?a=1 HTTP/1.1");
    assertThat(seen.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(seen.header("Host")).isEqualTo("127.0.0.1:" + gateway.port());
    assertThat(seen.header("Via")).isEqualTo("1.1 reserva-gateway");
  }

  @Test
  void the_instance_chooses_the_protocol_and_hears_the_clients_end() throws Exception {
    BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    operations.behave(exchange -> {
      handshake(exchange, "Sec-WebSocket-Protocol: v2\n");
      frames.add(receive(exchange.in()));
    });
    Client client = Client.open("v1", "v2");
    assertThat(client.socket().getSubprotocol()).isEqualTo("v2");
    assertThat(operations.requests().getFirst().header("Sec-WebSocket-Protocol"))
        .contains("v1", "v2");
    client.socket().sendClose(4000, "enough").join();
    byte[] close = frames.poll(20, TimeUnit.SECONDS);
    assertThat(close).isNotNull().startsWith(CLOSE, 4000 >> 8, 4000 & 0xff);
  }

  @Test
  @EffectOf("reserva.gateway.sockets")
  void further_clients_are_refused_and_so_are_all_while_nobody_answers() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    operations.behave(exchange -> {
      handshake(exchange, "");
      end.await(20, TimeUnit.SECONDS);
      exchange.cut();
    });
    Client first = Client.open();
    Client second = Client.open();
    assertThat(refusal()).isEqualTo(503);
    end.countDown();
    assertThat(first.next()).startsWith("close:");
    assertThat(second.next()).startsWith("close:");
    await().atMost(SOON).until(() -> gateway.bean(SocketRelays.class).open() == 0);

    operations.behave(
        exchange -> exchange.write("HTTP/1.1 503 Busy\nContent-Length: 0\nConnection: close\n\n"));
    assertThat(refusal()).isEqualTo(503);
    assertThat(operations.requests()).hasSize(1);
  }

  private static int refusal() {
    try {
      Client.open();
      throw new AssertionError("the client was not refused");
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  @Test
  void a_page_of_another_origin_is_refused() throws Exception {
    operations.behaveWell();
    String said = gateway.exchange(HANDSHAKE.formatted("\nOrigin: http://evil.example.org"));
    assertThat(said).startsWith("HTTP/1.1 403");
    assertThat(operations.requests()).isEmpty();
  }

  @Test
  @EffectOf("reserva.gateway.socket-idle-timeout")
  void silence_ends_it() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    operations.behave(exchange -> {
      handshake(exchange, "");
      end.await(60, TimeUnit.SECONDS);
    });
    Client client = Client.open();
    assertThat(client.next()).startsWith("close:");
    end.countDown();
  }

  @Test
  void a_client_that_reads_nothing_holds_up_the_instance_and_is_dropped() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch broken = new CountDownLatch(1);
    operations.behave(exchange -> {
      handshake(exchange, "");
      Thread.ofVirtual().start(() -> closeWhenTold(exchange));
      byte[] payload = "x".repeat(30_000).getBytes(StandardCharsets.UTF_8);
      try {
        while (written.get() < 256L * 1024 * 1024) {
          send(exchange, TEXT, payload);
          written.addAndGet(payload.length);
        }
      } catch (IOException e) {
        broken.countDown();
      }
    });
    try (var socket = gateway.connect()) {
      socket
          .getOutputStream()
          .write(
              HANDSHAKE.formatted("").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      assertThat(broken.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(written.get()).isPositive().isLessThan(64L * 1024 * 1024);
    }
  }

  @Test
  void a_stop_closes_with_going_away() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    operations.behave(exchange -> {
      handshake(exchange, "");
      end.await(60, TimeUnit.SECONDS);
    });
    Client client = Client.open();
    SocketRelays relays = gateway.bean(SocketRelays.class);
    relays.stop();
    try {
      assertThat(client.next()).startsWith("close:1001");
      assertThat(refusal()).isEqualTo(503);
    } finally {
      end.countDown();
      relays.start();
    }
  }
}
