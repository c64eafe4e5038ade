package dev.reserva.platform.listen;

import dev.reserva.platform.web.HttpProperties;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Applies the address and the certificate of {@link HttpProperties}. Warns of a server that other
 * machines reach without encryption, unless a proxy in front of it is known, which encrypts.
 */
public final class ListenSettings
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ListenSettings.class);

  private static final String BUNDLE = "reserva";

  /** A renewal writes two files; the certificate is exchanged when both have rested this long. */
  private static final String QUIET_PERIOD = "1s";

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    HttpProperties properties =
        Binder.get(environment).bindOrCreate("reserva.http", HttpProperties.class);
    Map<String, Object> settings = settings(properties);
    if (!settings.isEmpty()) {
      environment.getPropertySources().addFirst(new MapPropertySource("listenSettings", settings));
    }
    if (isExposed(properties)) {
      LOG.warn(
          "HTTP is not encrypted and other machines can reach it: set reserva.http.tls.certificate"
              + " and reserva.http.tls.key, or reserva.http.trusted-proxies, or"
              + " reserva.http.bind-address=127.0.0.1");
    }
  }

  static boolean isExposed(HttpProperties properties) {
    return properties.isOpenToOthers()
        && !properties.tls().isOn()
        && properties.trustedProxies().isEmpty();
  }

  /** Properties of the framework. */
  static Map<String, Object> settings(HttpProperties properties) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (properties.bindAddress() != null) {
      settings.put("server.address", properties.bindAddress());
    }
    String certificate = properties.tls().certificate();
    String key = properties.tls().key();
    if (certificate != null && key != null) {
      String bundle = "spring.ssl.bundle.pem." + BUNDLE;
      settings.put(bundle + ".keystore.certificate", location(certificate));
      settings.put(bundle + ".keystore.private-key", location(key));
      // A key that does not fit would break each handshake; so the old certificate stays.
      settings.put(bundle + ".keystore.verify-keys", "true");
      settings.put(bundle + ".reload-on-update", "true");
      settings.put(bundle + ".options.enabled-protocols", "TLSv1.3,TLSv1.2");
      settings.put("spring.ssl.bundle.watch.file.quiet-period", QUIET_PERIOD);
      settings.put("server.ssl.bundle", BUNDLE);
    }
    return settings;
  }

  private static String location(String file) {
    return "file:" + Path.of(file).toAbsolutePath();
  }
}
