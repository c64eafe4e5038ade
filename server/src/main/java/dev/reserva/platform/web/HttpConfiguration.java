package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.connections.ConnectionGuard;
import dev.reserva.platform.connections.GuardedProtocol;
import dev.reserva.platform.json.FreeText;
import dev.reserva.platform.json.Json;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.RequestContextFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What HTTP needs in every process, whether it has a database or not: connections, headers of all
 * answers, and problem documents for what no controller answers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
public class HttpConfiguration {

  @Bean
  JsonMapper jsonMapper() {
    return Json.requests()
        .rebuild()
        .addHandler(new JsonBodyAdvice.UnknownFields())
        .addModule(FreeText.module())
        .build();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  ErrorEndpoint errorEndpoint(ProblemWriter problems) {
    return new ErrorEndpoint(problems);
  }

  @Bean
  HomePage homePage() {
    return new HomePage();
  }

  /** Comes before all other filters: the earliest bean of those with the highest precedence. */
  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    FilterRegistrationBean<SecurityHeaders> filter =
        new FilterRegistrationBean<>(new SecurityHeaders());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<CorrelationFilter> correlationFilter(Ids ids) {
    FilterRegistrationBean<CorrelationFilter> filter =
        new FilterRegistrationBean<>(new CorrelationFilter(ids));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<ForwardingHeaders> forwardedHeaders(HttpProperties properties) {
    FilterRegistrationBean<ForwardingHeaders> filter =
        new FilterRegistrationBean<>(new ForwardingHeaders(properties.proxies()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** The dispatcher binds the request to its thread. No earlier filter needs this. */
  @Bean
  FilterRegistrationBean<RequestContextFilter> requestContextFilter() {
    FilterRegistrationBean<RequestContextFilter> filter =
        new FilterRegistrationBean<>(new RequestContextFilter());
    filter.setEnabled(false);
    return filter;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerErrors() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ContainerErrors.class.getName());
          }
        });
  }

  @Bean
  ConnectionGuard connectionGuard(
      HttpProperties properties, ObjectProvider<AuditTrail> trail, Ids ids) {
    // The trail needs the database, and the guard is made with the web server, before it. A process
    // without a database has none; its metrics count the refusals.
    return new ConnectionGuard(
        properties.connections(),
        network ->
            trail.ifAvailable(kept ->
                kept.security(
                    SecurityEvent.of(
                        SecurityAction.CONNECTIONS_LIMITED,
                        Actor.anonymous(network),
                        Cause.of(ids.next().toString())))));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedConnections(
      ConnectionGuard guard) {
    return factory -> {
      factory.setProtocol(GuardedProtocol.class.getName());
      factory.addConnectorCustomizers(guard::guard);
    };
  }
}
