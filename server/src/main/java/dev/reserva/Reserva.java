package dev.reserva;

import dev.reserva.gateway.GatewayConfiguration;
import dev.reserva.platform.PlatformConfiguration;
import dev.reserva.platform.listen.ListenSettings;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The server: the platform and the services that {@code reserva.services} names, by default all. No
 * component is found by scanning.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PlatformConfiguration.class, SelectedServices.class})
public class Reserva {

  public static void main(String[] args) {
    start(args);
  }

  /** Starts the server; returns once it answers. */
  public static ConfigurableApplicationContext start(String... args) {
    return application().run(args);
  }

  /** Starts a gateway to the processes of a split system; returns once it answers. */
  public static ConfigurableApplicationContext startGateway(String... args) {
    SpringApplication application = listening(GatewayConfiguration.class);
    application.setAdditionalProfiles("gateway");
    return application.run(args);
  }

  /**
   * @param more configurations beside the server's own, as a test may have
   */
  static SpringApplication application(Class<?>... more) {
    return listening(
        Stream.concat(Stream.of(Reserva.class), Arrays.stream(more)).toArray(Class<?>[]::new));
  }

  /** With the checks and settings that come before the configurations. */
  private static SpringApplication listening(Class<?>... configurations) {
    SpringApplication application = new SpringApplication(configurations);
    application.addListeners(new SecretSources(), new UnknownProperties(), new ListenSettings());
    return application;
  }
}
