package dev.reserva.platform.security;

import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.OAuth2ProtectedResourceMetadataFilter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;

/** Admits exactly the requests that the {@link Routes} of the services name. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {

  @Bean
  InstallationSecret installationSecret(SecurityProperties properties, DataFolder data) {
    String configured = properties.tokenSecret();
    return new InstallationSecret(
        configured == null
            ? data.secret("token-secret", SecurityConfiguration::randomSecret)
            : configured);
  }

  @Bean
  JwtDecoder jwtDecoder(
      TokenAuthority authority,
      ServiceTokens serviceTokens,
      Revocations revocations,
      SecurityProperties properties,
      Clock clock) {
    Map<String, JwtDecoder> own =
        Map.of(
            Tokens.LOCAL_ISSUER,
            new IssuedTokens(authority.keys(), clock),
            ServiceTokens.ISSUER,
            serviceTokens::decode);
    UnrevokedTokens unrevoked =
        new UnrevokedTokens(
            new RememberedTokens(KnownIssuers.of(own, properties, clock, System::nanoTime), clock),
            revocations);
    return new KnownApiKeys(unrevoked, authority.apiKeys(), revocations, clock);
  }

  /** Measuring each filter of the chain costs more than the filters themselves. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /** Publishes no events of logins: no code uses them, and {@code RefusalProblems} answers. */
  @Bean
  AuthenticationEventPublisher authenticationEvents() {
    return new AuthenticationEventPublisher() {
      @Override
      public void publishAuthenticationSuccess(Authentication authentication) {}

      @Override
      public void publishAuthenticationFailure(
          AuthenticationException failure, Authentication authentication) {}
    };
  }

  @Bean
  HttpFirewall httpFirewall() {
    return HeaderFirewall.strict();
  }

  /** The routes of the platform itself. */
  @Bean
  Routes platformRoutes() {
    return Routes.of(
        Route.open(HttpMethod.GET, "/actuator/health/{*group}"),
        Route.of(HttpMethod.GET, "/actuator/prometheus", Role.OPERATOR),
        Route.open(HttpMethod.GET, "/"),
        Route.open(HttpMethod.GET, "/docs"),
        Route.open(HttpMethod.GET, "/swagger-ui/{*file}"),
        Route.open(HttpMethod.GET, "/openapi.json"),
        Route.open(HttpMethod.GET, "/openapi.json/{*part}"),
        Route.open(HttpMethod.GET, "/schemas/{*schema}"));
  }

  @Bean
  RouteMap routeMap(ObjectProvider<Routes> routes) {
    return new RouteMap(routes.stream().flatMap(some -> some.list().stream()).toList());
  }

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      RouteMap routes,
      JwtDecoder decoder,
      TokenAuthority authority,
      ProblemWriter problems,
      AuditTrail trail) {
    AuditedRefusals refusals =
        new AuditedRefusals(new RefusalProblems(routes, problems, authority.name()), trail);
    http.csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // The platform's filter SecurityHeaders writes them.
        .headers(AbstractHttpConfigurer::disable)
        .oauth2ResourceServer(server ->
            server
                .bearerTokenResolver(new OptionalTokens(new HeaderTokens(), routes, decoder))
                .jwt(jwt -> jwt.jwtAuthenticationConverter(SecurityConfiguration::known))
                .authenticationEntryPoint(refusals)
                .accessDeniedHandler(refusals)
                .withObjectPostProcessor(answeredBy(refusals)))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .servletApi(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .anyRequest()
                .access(new RouteGuard(routes)));
    return withoutResourceMetadata(http.build());
  }

  /**
   * The framework answers strangers at {@code /.well-known/oauth-protected-resource} with the host
   * that they name and with claims that do not hold here. It cannot be told not to.
   */
  private static SecurityFilterChain withoutResourceMetadata(DefaultSecurityFilterChain chain) {
    return new DefaultSecurityFilterChain(
        chain.getRequestMatcher(),
        chain.getFilters().stream()
            .filter(filter -> !(filter instanceof OAuth2ProtectedResourceMetadataFilter))
            .toList());
  }

  /**
   * Lets {@code RefusalProblems} answer a token that cannot be checked because its issuer does not
   * answer. By default the filter rethrows that failure, and the answer is 500.
   */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answeredBy(
      AuditedRefusals refusals) {
    AuthenticationEntryPointFailureHandler failures =
        new AuthenticationEntryPointFailureHandler(refusals);
    failures.setRethrowAuthenticationServiceException(false);
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(failures);
        return filter;
      }
    };
  }

  private static AbstractAuthenticationToken known(Jwt token) {
    return new JwtAuthenticationToken(token, KnownToken.of(token).authorities());
  }

  private static String randomSecret() {
    byte[] bytes = new byte[48];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
