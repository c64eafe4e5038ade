package dev.reserva.gateway;

import dev.reserva.platform.ProcessConfiguration;
import dev.reserva.platform.web.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway as a program. It runs no service, opens no database, and knows no secret; so what the
 * framework would set up for tokens is left out.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {
      SecurityAutoConfiguration.class,
      ServletWebSecurityAutoConfiguration.class,
      SecurityFilterAutoConfiguration.class,
      ManagementWebSecurityAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class,
      OAuth2ResourceServerAutoConfiguration.class,
      OAuth2ResourceServerWebSecurityAutoConfiguration.class
    })
@EnableConfigurationProperties(GatewayProperties.class)
@Import(ProcessConfiguration.class)
public class GatewayConfiguration {

  /** The instances of each service that runs somewhere. */
  record Routing(Map<Service, Instances> services) {}

  @Bean
  GatewayMetrics gatewayMetrics(MeterRegistry registry) {
    return new GatewayMetrics(registry);
  }

  @Bean
  Routing routing(GatewayProperties properties, GatewayMetrics metrics) {
    Map<Service, Instances> services = new EnumMap<>(Service.class);
    properties.instances().forEach((service, urls) -> services.put(service, new Instances(urls)));
    metrics.watch(services);
    return new Routing(services);
  }

  @Bean(destroyMethod = "close")
  Upstream upstream(GatewayProperties properties, Routing routing) {
    return new Upstream(
        properties.connectTimeout(),
        properties.responseTimeout(),
        properties.connectionsPerInstance(),
        routing.services().values().stream().mapToInt(some -> some.all().size()).sum());
  }

  @Bean
  Dispatcher dispatcher(Routing routing, Upstream upstream, GatewayMetrics metrics) {
    return new Dispatcher(routing.services(), upstream, metrics);
  }

  @Bean
  Proxy proxy(Dispatcher dispatcher, ProblemWriter problems, GatewayMetrics metrics) {
    return new Proxy(dispatcher, problems, metrics);
  }

  @Bean
  Members members(Dispatcher dispatcher, JsonMapper json) {
    return new Members(dispatcher, json);
  }

  @Bean
  SocketRelays socketRelays(
      GatewayProperties properties,
      Routing routing,
      Proxy proxy,
      ProblemWriter problems,
      GatewayMetrics metrics) {
    return new SocketRelays(
        routing.services().get(Service.OPERATIONS),
        proxy,
        problems,
        metrics,
        properties.sockets(),
        properties.socketIdleTimeout());
  }

  /** Behind all other handlers: what the gateway answers itself, such as its own probes. */
  @Bean
  SimpleUrlHandlerMapping proxiedPaths(
      Proxy proxy,
      Routing routing,
      Upstream upstream,
      Dispatcher dispatcher,
      Members members,
      SocketRelays sockets,
      ProblemWriter problems,
      JsonMapper json) {
    Map<String, Object> handlers = new LinkedHashMap<>();
    handlers.put("/openapi.json", new OpenApiDocument(members, dispatcher, problems, json));
    handlers.put(
        "/api/health",
        new SystemHealth(proxy, new ServiceStates(routing.services(), upstream), json));
    handlers.put(SocketRelays.PATH, sockets);
    handlers.put("/**", proxy);
    SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(handlers);
    mapping.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
    return mapping;
  }

  @Bean
  FilterRegistrationBean<MetricsGuard> metricsGuard(Dispatcher dispatcher, ProblemWriter problems) {
    FilterRegistrationBean<MetricsGuard> filter =
        new FilterRegistrationBean<>(new MetricsGuard(dispatcher, problems));
    filter.addUrlPatterns(MetricsGuard.PATH, MetricsGuard.PATH + "/*");
    return filter;
  }
}
