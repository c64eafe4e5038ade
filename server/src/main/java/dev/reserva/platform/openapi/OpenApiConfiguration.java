package dev.reserva.platform.openapi;

import dev.reserva.platform.security.RouteMap;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code /openapi.json} and {@code /docs}. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

  static final String BEARER = "bearer";

  private static final String DESCRIPTION =
      """
      A headless order and stock platform that never oversells.

      - Bodies are JSON in UTF-8, times RFC 3339 in UTC, identifiers UUIDs. Members and query
        parameters that an operation does not have are refused.
      - A refusal is an RFC 9457 problem; its `type` is stable. A 4xx or 5xx other than 408 and 504
        means that nothing changed.
      - Lists have pages: pass `nextCursor` of one page as `cursor` to get the next.
      - Every answer carries `X-Correlation-Id`; a request may bring its own, and `traceparent`.
      """;

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(RequestContext.class, PageRequest.class, IfMatch.class);
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Reserva")
                .version("1")
                .description(DESCRIPTION)
                .contact(new Contact().name("Reserva"))
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .addServersItem(new Server().url("/").description("The server that serves this document."))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description(
                            "A token of POST /api/auth/token or of the configured issuer, or an API"
                                + " key.")))
        .addSecurityItem(new SecurityRequirement().addList(BEARER));
  }

  @Bean
  OpenApiCustomizer describeOperations(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
      RouteMap routes) {
    return new DescribeOperations(mappings, routes);
  }
}
