package dev.reserva.webhooks.adapters.http;

import dev.reserva.webhooks.application.Receivers;
import dev.reserva.webhooks.domain.Answer;
import dev.reserva.webhooks.domain.UrlRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts deliveries. Each has a connection of its own, to an address that was checked; a redirect is
 * an answer like any other, and is not followed. The whole attempt has one time limit, however
 * slowly the answer comes, and the answer is read up to a kilobyte.
 */
public final class HttpReceivers implements Receivers, AutoCloseable {

  private static final int KEPT_OF_ANSWER = 1_024;

  /** Each endpoint has its own limit; this one only has to be above all of them together. */
  private static final int MOST_CONNECTIONS = 10_000;

  private static final ContentType TYPE =
      ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8);

  private final UrlRules urls;
  private final Duration timeout;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhooks-deadlines").factory());

  public HttpReceivers(UrlRules urls, Duration timeout) {
    this(urls, timeout, SystemDefaultDnsResolver.INSTANCE);
  }

  HttpReceivers(UrlRules urls, Duration timeout, DnsResolver resolver) {
    this.urls = urls;
    this.timeout = timeout;
    Timeout limit = Timeout.of(timeout);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new CheckedAddresses(resolver, urls.addresses()))
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(limit)
                            .setSocketTimeout(limit)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(limit).build())
            // A connection that is kept was checked by an older answer of the name server.
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("Reserva-Webhooks/1")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableAuthCaching()
            .disableCookieManagement()
            .disableContentCompression()
            .build();
  }

  @Override
  public Answer post(Posting posting) {
    long start = System.nanoTime();
    URI url;
    try {
      url = urls.check(posting.url());
    } catch (IllegalArgumentException e) { // the rules have changed since it was registered
      return failed("the URL is not allowed any more: " + e.getMessage(), start);
    }
    HttpPost request = new HttpPost(url);
    request.setEntity(new StringEntity(posting.body(), TYPE));
    request.setHeader("webhook-id", posting.message().toString());
    request.setHeader("webhook-timestamp", Long.toString(posting.at().getEpochSecond()));
    request.setHeader("webhook-signature", posting.signatures());
    Future<?> deadline =
        deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    var answered = new AtomicReference<@Nullable Answer>();
    try {
      return client.execute(
          request,
          response -> {
            Answer answer =
                new Answer(response.getCode(), millisSince(start), null, beginning(response));
            answered.set(answer);
            // The client would read the rest of the answer, however long it is.
            var _ = request.cancel();
            return answer;
          });
    } catch (IOException | RuntimeException e) {
      Answer answer = answered.get();
      if (answer != null) {
        return answer;
      }
      return failed(
          request.isCancelled()
              ? "no answer within %d ms".formatted(timeout.toMillis())
              : reason(e),
          start);
    } finally {
      var _ = deadline.cancel(false);
    }
  }

  private static @Nullable String beginning(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return null;
    }
    InputStream content = entity.getContent();
    byte[] bytes = content.readNBytes(KEPT_OF_ANSWER);
    // PostgreSQL keeps no null character in a text.
    return new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }

  /** In words of our own: messages of the network's exceptions name internal addresses. */
  private static String reason(Exception e) {
    return switch (e) {
      case CheckedAddresses.Refused refused -> String.valueOf(refused.getMessage());
      case UnknownHostException _ -> "the host's name cannot be resolved";
      case SSLException _ -> "no trusted TLS connection";
      case SocketTimeoutException _ -> "the connection timed out";
      case java.net.ConnectException _ -> "the connection was refused";
      default -> "the connection failed: " + e.getClass().getSimpleName();
    };
  }

  private static Answer failed(String error, long start) {
    return new Answer(null, millisSince(start), error, null);
  }

  private static int millisSince(long start) {
    return (int) Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  @Override
  public void close() throws IOException {
    deadlines.shutdownNow();
    client.close();
  }
}
