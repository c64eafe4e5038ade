package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server that speaks TLS, with a certificate that is renewed, and where it listens. */
class TlsIT {

  private static final String PASSWORD = "of-the-key-store";

  @TempDir private Path folder;

  /** A certificate that signs itself, with its key. */
  private record Identity(Certificate certificate, Key key) {

    void writeTo(Path folder) throws Exception {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tls.crt"), pem("CERTIFICATE", certificate.getEncoded()));
      Files.writeString(folder.resolve("tls.key"), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String label, byte[] content) {
      return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
          .formatted(
              label,
              Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                  .encodeToString(content));
    }

    /** Trusts this certificate only. */
    SSLContext trusting() throws Exception {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("server", certificate);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
  }

  private Identity identity(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Identity(store.getCertificate(name), store.getKey(name, PASSWORD.toCharArray()));
  }

  /** The files as Kubernetes mounts a secret: links by way of a folder that is exchanged. */
  @Test
  @EffectOf({"reserva.http.tls.certificate", "reserva.http.tls.key", "reserva.http.bind-address"})
  void a_server_speaks_tls_and_takes_over_a_renewed_certificate() throws Exception {
    Identity first = identity("first");
    Identity second = identity("second");
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    first.writeTo(mounted.resolve("v1"));
    Files.createSymbolicLink(mounted.resolve("..data"), Path.of("v1"));
    for (String file : List.of("tls.crt", "tls.key")) {
      Files.createSymbolicLink(mounted.resolve(file), Path.of("..data", file));
    }
    try (TestReserva reserva =
        TestReserva.start(
            "customers",
            null,
            "reserva.http.bind-address=127.0.0.1",
            "reserva.http.tls.certificate=" + mounted.resolve("tls.crt"),
            "reserva.http.tls.key=" + mounted.resolve("tls.key"))) {
      assertThatItAnswersOverTlsOnly(reserva.port(), first);
      assertThatItListensOnNoOtherAddress(reserva.port());

      // A key that does not fit: the certificate in use stays.
      List<ILoggingEvent> said = listen();
      new Identity(second.certificate(), first.key()).writeTo(mounted.resolve("v2"));
      exchange(mounted, "v2");
      Shop.eventually(
          "the refusal is logged",
          () ->
              said.stream()
                      .anyMatch(event -> event.getFormattedMessage().contains("SSL reload error"))
                  ? true
                  : null);
      assertThat(presented(reserva.port(), first)).isEqualTo(first.certificate());

      second.writeTo(mounted.resolve("v3"));
      exchange(mounted, "v3");
      Shop.eventually(
          "the new certificate is presented", () -> presents(reserva.port(), second) ? true : null);
      assertThat(get(reserva.port(), second, "/actuator/health/liveness").statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> presented(reserva.port(), first)).isInstanceOf(IOException.class);
    }
  }

  /** What the framework's watcher of files logs from now on; a start forgets those who listen. */
  private static List<ILoggingEvent> listen() {
    Logger logger =
        (Logger) LoggerFactory.getLogger("org.springframework.boot.autoconfigure.ssl.FileWatcher");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    logger.addAppender(said);
    return said.list;
  }

  private static void exchange(Path mounted, String version) throws IOException {
    Path link = Files.createSymbolicLink(mounted.resolve("..data.new"), Path.of(version));
    Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void assertThatItAnswersOverTlsOnly(int port, Identity identity) throws Exception {
    HttpResponse<String> answer = get(port, identity, "/actuator/health/liveness");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .hasValue("max-age=31536000");
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      try (SSLSocket socket = connect(port, identity)) {
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      }
    }
    try (HttpClient plain = HttpClient.newHttpClient()) {
      assertThat(
              plain
                  .send(
                      HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(400);
    }
  }

  /** All of 127.0.0.0/8 is this machine. */
  private static void assertThatItListensOnNoOtherAddress(int port) {
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.2", port), 5_000);
              }
            })
        .isInstanceOf(IOException.class);
  }

  private static HttpResponse<String> get(int port, Identity identity, String path)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(identity.trusting()).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:%d%s".formatted(port, path)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static SSLSocket connect(int port, Identity identity) throws Exception {
    return (SSLSocket) identity.trusting().getSocketFactory().createSocket("127.0.0.1", port);
  }

  /** The certificate that a client which trusts this one only is shown. */
  private static Certificate presented(int port, Identity identity) throws Exception {
    try (SSLSocket socket = connect(port, identity)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static boolean presents(int port, Identity identity) {
    try {
      return presented(port, identity).equals(identity.certificate());
    } catch (Exception e) {
      return false; // still the other one
    }
  }
}
