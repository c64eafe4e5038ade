package dev.reserva.messaging.transport.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How clients prove who they are, and whom they trust. With TLS they verify the broker's name.
 *
 * @param username of SASL; empty without SASL
 * @param password of SASL
 * @param truststore certificates that are trusted, as {@code .pem}, {@code .jks} or PKCS #12; null
 *     for those of the Java platform
 * @param keystore certificate and key of this client, in the same formats; null if it has none
 */
public record KafkaSecurity(
    Protocol protocol,
    Mechanism mechanism,
    String username,
    String password,
    @Nullable Path truststore,
    String truststorePassword,
    @Nullable Path keystore,
    String keystorePassword) {

  /** Neither TLS nor passwords. */
  public static final KafkaSecurity NONE =
      new KafkaSecurity(Protocol.PLAINTEXT, Mechanism.SCRAM_SHA_512, "", "", null, "", null, "");

  /** Kafka's security protocols. */
  public enum Protocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    boolean encrypts() {
      return this == SSL || this == SASL_SSL;
    }

    boolean hasPassword() {
      return this == SASL_PLAINTEXT || this == SASL_SSL;
    }
  }

  /** Kafka's SASL mechanisms with a user name and a password. */
  public enum Mechanism {
    PLAIN("PLAIN", "plain.PlainLoginModule"),
    SCRAM_SHA_256("SCRAM-SHA-256", "scram.ScramLoginModule"),
    SCRAM_SHA_512("SCRAM-SHA-512", "scram.ScramLoginModule");

    private final String kafkaName;
    private final String module;

    Mechanism(String kafkaName, String module) {
      this.kafkaName = kafkaName;
      this.module = module;
    }
  }

  public KafkaSecurity {
    if (protocol.hasPassword() && (username.isEmpty() || password.isEmpty())) {
      throw new IllegalArgumentException(
          "username and password must be set with %s".formatted(protocol));
    }
    if (!protocol.hasPassword() && !(username.isEmpty() && password.isEmpty())) {
      throw new IllegalArgumentException(
          "username and password are of no use with %s".formatted(protocol));
    }
    if (!protocol.encrypts() && (truststore != null || keystore != null)) {
      throw new IllegalArgumentException(
          "truststore and keystore are of no use with %s".formatted(protocol));
    }
    if (hasControl(username) || hasControl(password)) {
      throw new IllegalArgumentException("username and password must have no control characters");
    }
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** The properties of Kafka's clients. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name());
    if (protocol.hasPassword()) {
      properties.put(SaslConfigs.SASL_MECHANISM, mechanism.kafkaName);
      properties.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          "org.apache.kafka.common.security.%s required username=%s password=%s;"
              .formatted(mechanism.module, quoted(username), quoted(password)));
    }
    if (truststore != null) {
      properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, truststore.toString());
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, type(truststore));
      putPassword(properties, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, truststorePassword);
    }
    if (keystore != null) {
      String type = type(keystore);
      properties.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, keystore.toString());
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, type);
      putPassword(
          properties,
          type.equals("PEM") // has a password for its key only
              ? SslConfigs.SSL_KEY_PASSWORD_CONFIG
              : SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
          keystorePassword);
    }
    return properties;
  }

  private static void putPassword(Map<String, Object> properties, String name, String password) {
    if (!password.isEmpty()) {
      properties.put(name, password);
    }
  }

  private static String type(Path store) {
    String name = store.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".pem")) {
      return "PEM";
    }
    return name.endsWith(".jks") ? "JKS" : "PKCS12";
  }

  /** A value of a JAAS configuration. */
  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return username.isEmpty() ? protocol.name() : "%s as %s".formatted(protocol, username);
  }
}
