package dev.reserva.platform.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat with the guard, and nothing of Reserva behind it. */
class ConnectionsTest {

  private static final int PER_ADDRESS = 9;
  private static final int PLACES = 12;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MANY = 1_000;
  private static final String PROXY = "127.0.0.77";
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";

  @TempDir Path folder;

  private final Tomcat tomcat = new Tomcat();
  private final GuardedProtocol protocol = new GuardedProtocol();
  private final Connector connector = new Connector(protocol);
  private final Set<String> refusedNetworks = ConcurrentHashMap.newKeySet();
  private final Connections connections =
      protocol.guardWith(
          new ConnectionLimits(
              PER_ADDRESS,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              0,
              InetAddress::getHostAddress,
              address -> address.getHostAddress().equals(PROXY)),
          refusedNetworks::add);

  /** Reads the body only of a POST; answers a GET when nothing was cut for a while. */
  private final class Shop extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        response.getWriter().println(request.getInputStream().readAllBytes().length);
      } catch (ClientAbortException e) {
        if (!(e.getCause() instanceof SocketTimeoutException)) {
          throw e;
        }
      }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(401);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      if (request.getHeader("Slow") != null) {
        awaitAnotherCut();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setSilent(true);
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    connector.setProperty("maxConnections", String.valueOf(PLACES));
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "shop", new Shop()).addMapping("/");
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private Trickle from(String address) throws IOException {
    return new Trickle(address, connector.getLocalPort());
  }

  private String answer(Trickle client, String request) throws IOException {
    client.send(request);
    String status = client.statusLine();
    String line = status;
    while (!line.isEmpty()) {
      line = client.statusLine();
    }
    return status;
  }

  /** A client that sends nothing for so long would be cut, if it owed anything. */
  private void awaitAnotherCut() {
    long before = connections.cut();
    try (Trickle slow = from("127.0.0.66")) {
      assertThat(slow.trickle("G", MANY, PAUSE)).isEmpty();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    assertThat(connections.cut()).isGreaterThan(before);
  }

  @Test
  void a_header_that_never_ends_is_cut_within_line_or_fields() throws Exception {
    try (Trickle line = from("127.0.0.2");
        Trickle fields = from("127.0.0.2")) {
      assertThat(line.trickle("G", MANY, PAUSE)).isEmpty();
      fields.send("GET / HTTP/1.1\r\nHost: shop\r\nX-Slow: ");
      assertThat(fields.trickle("a", MANY, PAUSE)).isEmpty();
    }
    assertThat(connections.cut()).isEqualTo(2);
  }

  /** So a TLS handshake that takes for ever is cut, too: there is no request either. */
  @Test
  void a_client_that_never_begins_a_request_is_cut() throws Exception {
    try (Trickle client = from("127.0.0.2")) {
      assertThat(client.isHungUp()).isTrue();
    }
    assertThat(connections.cut()).isEqualTo(1);
  }

  @Test
  void line_breaks_before_a_request_count_as_its_header() throws Exception {
    try (Trickle client = from("127.0.0.2")) {
      assertThat(client.trickle("\r\n", MANY, PAUSE)).isEmpty();
    }
  }

  @Test
  void the_header_of_a_later_request_is_cut_too() throws Exception {
    try (Trickle client = from("127.0.0.2")) {
      assertThat(answer(client, REQUEST)).startsWith("HTTP/1.1 200");
      assertThat(client.trickle("G", MANY, PAUSE)).isEmpty();
    }
  }

  @Test
  void a_body_that_never_ends_is_answered_and_cut() throws Exception {
    for (String how : List.of("Content-Length: 100000", "Transfer-Encoding: chunked")) {
      try (Trickle client = from("127.0.0.2")) {
        client.send("POST / HTTP/1.1\r\nHost: shop\r\n%s\r\n\r\n".formatted(how));
        String piece = how.startsWith("T") ? "1\r\na\r\n" : "a";
        assertThat(client.trickle(piece, MANY, PAUSE)).as(how).startsWith("HTTP/1.1 408");
        assertThat(client.isHungUp()).isTrue();
      }
    }
  }

  @Test
  void the_rest_of_a_body_that_was_refused_is_not_awaited_for_ever() throws Exception {
    try (Trickle client = from("127.0.0.2")) {
      client.send("PUT / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000\r\n\r\n");
      assertThat(client.statusLine()).startsWith("HTTP/1.1 401");
      await()
          .until(() -> {
            try {
              client.send("a");
              return false;
            } catch (IOException e) {
              return true;
            }
          });
    }
  }

  @Test
  void an_idle_client_and_one_that_waits_for_its_answer_are_left_alone() throws Exception {
    try (Trickle idle = from("127.0.0.2");
        Trickle waiting = from("127.0.0.2")) {
      assertThat(answer(idle, REQUEST)).startsWith("HTTP/1.1 200");

      assertThat(answer(waiting, "GET / HTTP/1.1\r\nHost: shop\r\nSlow: yes\r\n\r\n"))
          .startsWith("HTTP/1.1 200");

      assertThat(answer(idle, REQUEST)).startsWith("HTTP/1.1 200");
      assertThat(answer(waiting, "POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\nab"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void an_address_leaves_a_quarter_of_all_places_free_and_gets_back_what_it_closes()
      throws Exception {
    List<Trickle> held = new ArrayList<>();
    try {
      for (int i = 0; i < PLACES * 3 / 4; i++) {
        held.add(served("127.0.0.2"));
      }
      refused("127.0.0.2");
      held.add(served("127.0.0.3"));
      held.add(served("127.0.0.3"));
      refused("127.0.0.3");
      refused("127.0.0.2");
      held.add(served("127.0.0.4"));
      assertThat(connections.refused()).isEqualTo(3);
      assertThat(refusedNetworks).containsExactlyInAnyOrder("127.0.0.2", "127.0.0.3");

      held.removeFirst().close();
      held.removeFirst().close();
      await().untilAsserted(() -> served("127.0.0.4").close());
    } finally {
      for (Trickle client : held) {
        client.close();
      }
    }
  }

  /** As a client does whose connection the server closes after each refusal. */
  @Test
  void a_client_that_comes_back_at_once_finds_the_place_that_it_left() throws Exception {
    List<Trickle> held = new ArrayList<>();
    try {
      for (int i = 0; i < PER_ADDRESS; i++) {
        held.add(served("127.0.0.2"));
      }
      for (int i = 0; i < MANY; i++) {
        try (Trickle last = held.removeLast()) {
          last.send("GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
          assertThat(last.isHungUp()).isTrue();
        }
        held.add(served("127.0.0.2"));
      }
      assertThat(connections.refused()).isZero();
    } finally {
      for (Trickle client : held) {
        client.close();
      }
    }
  }

  @Test
  void the_connections_of_a_trusted_proxy_are_those_of_many_clients() throws Exception {
    List<Trickle> held = new ArrayList<>();
    try {
      for (int i = 0; i < PER_ADDRESS + 2; i++) {
        held.add(served(PROXY));
      }
      assertThat(Set.copyOf(held)).hasSize(PER_ADDRESS + 2);
    } finally {
      for (Trickle client : held) {
        client.close();
      }
    }
  }

  private Trickle served(String address) throws IOException {
    Trickle client = from(address);
    assertThat(answer(client, REQUEST)).as(address).startsWith("HTTP/1.1 200");
    return client;
  }

  private void refused(String address) throws IOException {
    try (Trickle client = from(address)) {
      assertThat(client.isHungUp()).as(address).isTrue();
    }
  }
}
