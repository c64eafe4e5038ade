package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.connections.ConnectionGuard;
import dev.reserva.platform.connections.GuardedProtocol;
import dev.reserva.platform.json.FreeText;
import dev.reserva.platform.json.Json;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.RouteMap;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/** The filters and handlers that every request passes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
public class WebConfiguration {

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
  ProblemAdvice problemAdvice(ProblemWriter problems, AuditTrail trail) {
    return new ProblemAdvice(problems, trail::security);
  }

  @Bean
  ErrorEndpoint errorEndpoint(ProblemWriter problems) {
    return new ErrorEndpoint(problems);
  }

  @Bean
  HomePage homePage() {
    return new HomePage();
  }

  @Bean
  JsonBodyAdvice jsonBodyAdvice(JsonMapper json) {
    return new JsonBodyAdvice(json);
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

  /**
   * Runs before the timing filter, which has the same order: of two filters with the same order,
   * the framework's own comes last.
   */
  @Bean
  FilterRegistrationBean<AdmissionFilter> admissionFilter(
      TransactionalCommands commands, ProblemWriter problems) {
    FilterRegistrationBean<AdmissionFilter> filter =
        new FilterRegistrationBean<>(new AdmissionFilter(commands, problems));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  @Bean
  FilterRegistrationBean<ForwardingHeaders> forwardedHeaders(HttpProperties properties) {
    FilterRegistrationBean<ForwardingHeaders> filter =
        new FilterRegistrationBean<>(new ForwardingHeaders(properties.proxies()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** Runs before the body is read, and before the framework parses the headers that it checks. */
  @Bean
  FilterRegistrationBean<ContentFilter> contentFilter(ProblemWriter problems) {
    FilterRegistrationBean<ContentFilter> filter =
        new FilterRegistrationBean<>(new ContentFilter(problems));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
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

  /** Runs after the security filters, whose order is negative. */
  @Bean
  FilterRegistrationBean<BodyFilter> bodyFilter(
      ProblemWriter problems, RouteMap routes, ObjectProvider<LargeBodies> large) {
    FilterRegistrationBean<BodyFilter> filter =
        new FilterRegistrationBean<>(
            new BodyFilter(
                problems,
                routes,
                large.stream()
                    .flatMap(some -> some.routes().stream())
                    .collect(Collectors.toUnmodifiableSet())));
    filter.setOrder(0);
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
    // The trail needs the database, and the guard is made with the web server, before it.
    return new ConnectionGuard(
        properties.connections(),
        network ->
            trail
                .getObject()
                .security(
                    SecurityEvent.of(
                        SecurityAction.CONNECTIONS_LIMITED,
                        Actor.anonymous(network),
                        Cause.of(ids.next().toString()))));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedConnections(
      ConnectionGuard guard) {
    return factory -> {
      factory.setProtocol(GuardedProtocol.class.getName());
      factory.addConnectorCustomizers(guard::guard);
    };
  }

  @Bean
  WebMvcConfigurer parameters() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestContextParameters());
      }

      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters());
      }
    };
  }

  @Bean
  WebMvcRegistrations handlerAdapter(JsonMapper json, JsonBodyAdvice rules) {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new JsonHandlerAdapter(json, rules);
      }
    };
  }

  @Bean(destroyMethod = "close")
  TransactionalCommands commands(
      Transactions transactions, AuditTrail trail, JsonMapper json, InstallationSecret secret) {
    return new TransactionalCommands(transactions, trail, json, secret.sealing("stored answers"));
  }

  /** Bound after all controllers are created, because they create the groups. */
  @Bean
  MeterBinder commandMetrics(TransactionalCommands commands) {
    return commands::bindTo;
  }

  @Bean
  Worker idempotencyPurge(TransactionalCommands commands) {
    return commands.purge();
  }
}
