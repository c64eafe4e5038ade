package dev.reserva.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client behind the gateway. It passes messages on as they are: it follows no redirect,
 * decodes nothing, keeps no cookie and repeats nothing.
 */
final class Upstream implements Closeable {

  /** A request that finds all connections to an instance in use waits so long. */
  private static final Timeout LEASE = Timeout.ofSeconds(1);

  /** A connection that rested longer is looked at before it is used: the instance may be gone. */
  private static final TimeValue VALIDATE_AFTER = TimeValue.ofMilliseconds(500);

  /** Well below the instances' own limit of 60 s, so that they do not close it in use. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  /** An answer's header may have as much as a request's: 16 KiB in all, in 100 lines. */
  private static final Http1Config HTTP =
      Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(16 * 1024).build();

  private final CloseableHttpClient client;
  private final RequestConfig usual;

  /**
   * @param perInstance most connections to an instance
   */
  Upstream(Duration connectTimeout, Duration responseTimeout, int perInstance, int instances) {
    this.usual = config(responseTimeout);
    this.client =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .http1Config(HTTP)
                            // An instance may refuse a body before it has read all of it.
                            .responseOutOfOrderStrategy(
                                MonitoringResponseOutOfOrderStrategy.INSTANCE)
                            .build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(connectTimeout))
                            .setSocketTimeout(Timeout.of(responseTimeout))
                            .setValidateAfterInactivity(VALIDATE_AFTER)
                            .build())
                    .setMaxConnPerRoute(perInstance)
                    .setMaxConnTotal(perInstance * Math.max(1, instances))
                    .build())
            .evictIdleConnections(IDLE)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableConnectionState()
            .disableDefaultUserAgent()
            .build();
  }

  private static RequestConfig config(Duration responseTimeout) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(LEASE)
        .setResponseTimeout(Timeout.of(responseTimeout))
        .setProtocolUpgradeEnabled(false)
        .setAuthenticationEnabled(false)
        .build();
  }

  /**
   * Sends a request once. The answer must be closed; closing it early closes its connection.
   *
   * @throws RequestBody.Unreadable if the client does not send its body
   */
  Answer send(Instance instance, OutgoingRequest request) throws IOException {
    return send(instance, request, usual);
  }

  /** The same with another limit for the answer. */
  Answer send(Instance instance, OutgoingRequest request, Duration responseTimeout)
      throws IOException {
    return send(instance, request, config(responseTimeout));
  }

  private Answer send(Instance instance, OutgoingRequest request, RequestConfig config)
      throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(config);
    HttpUriRequestBase message = request.message();
    return new Answer(client.executeOpen(instance.host(), message, context), message);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
