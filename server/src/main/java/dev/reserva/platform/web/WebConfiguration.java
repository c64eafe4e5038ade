package dev.reserva.platform.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.RouteMap;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/** The filters and handlers of an API whose commands change a database. */
@Configuration(proxyBeanMethods = false)
@Import(HttpConfiguration.class)
public class WebConfiguration {

  @Bean
  ProblemAdvice problemAdvice(ProblemWriter problems, AuditTrail trail) {
    return new ProblemAdvice(problems, trail::security);
  }

  @Bean
  JsonBodyAdvice jsonBodyAdvice(JsonMapper json) {
    return new JsonBodyAdvice(json);
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
  UploadRoutes uploadRoutes(RouteMap routes, ObjectProvider<Uploads> uploads) {
    return new UploadRoutes(routes, uploads.stream().toList());
  }

  /** Runs before the body is read, and before the framework parses the headers that it checks. */
  @Bean
  FilterRegistrationBean<ContentFilter> contentFilter(
      ProblemWriter problems, RouteMap routes, UploadRoutes uploads, ObjectProvider<Forms> forms) {
    FilterRegistrationBean<ContentFilter> filter =
        new FilterRegistrationBean<>(
            new ContentFilter(problems, uploads, new FormRoutes(routes, forms.stream().toList())));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  /** Runs after the security filters, whose order is negative. */
  @Bean
  FilterRegistrationBean<BodyFilter> bodyFilter(
      ProblemWriter problems,
      RouteMap routes,
      ObjectProvider<LargeBodies> large,
      UploadRoutes uploads) {
    FilterRegistrationBean<BodyFilter> filter =
        new FilterRegistrationBean<>(
            new BodyFilter(
                problems,
                routes,
                large.stream()
                    .flatMap(some -> some.routes().stream())
                    .collect(Collectors.toUnmodifiableSet()),
                uploads));
    filter.setOrder(0);
    return filter;
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
