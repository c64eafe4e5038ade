package dev.reserva.platform.web;

import dev.reserva.platform.json.StrictUuid;
import java.beans.PropertyEditorSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls controllers as the framework does, but reads and writes JSON bodies and reads header lists
 * on a shorter path.
 */
final class JsonHandlerAdapter extends RequestMappingHandlerAdapter {

  private final JsonMapper json;
  private final JsonBodyAdvice rules;

  JsonHandlerAdapter(JsonMapper json, JsonBodyAdvice rules) {
    this.json = json;
    this.rules = rules;
  }

  @Override
  public void afterPropertiesSet() {
    super.afterPropertiesSet();
    List<HandlerMethodArgumentResolver> resolvers =
        new ArrayList<>(Objects.requireNonNull(getArgumentResolvers()));
    resolvers.addFirst(
        new JsonBodies(
            json, rules, new HandlerMethodArgumentResolverComposite().addResolvers(resolvers)));
    resolvers.addFirst(new HeaderValues());
    setArgumentResolvers(resolvers);
    List<HandlerMethodReturnValueHandler> handlers =
        new ArrayList<>(Objects.requireNonNull(getReturnValueHandlers()));
    handlers.addFirst(
        new JsonAnswers(
            json, new HandlerMethodReturnValueHandlerComposite().addHandlers(handlers)));
    setReturnValueHandlers(handlers);
    ((ConfigurableWebBindingInitializer) Objects.requireNonNull(getWebBindingInitializer()))
        .setPropertyEditorRegistrar(editors -> {
          editors.registerCustomEditor(UUID.class, new UuidEditor());
          editors.registerCustomEditor(boolean.class, new BooleanEditor());
          editors.registerCustomEditor(Boolean.class, new BooleanEditor());
        });
  }

  // These are editors and not converters: if a converter refuses a text, the framework tries its
  // lenient editor next.

  /** Accepts UUIDs in paths and queries in their canonical form only. */
  private static final class UuidEditor extends PropertyEditorSupport {
    @Override
    public void setAsText(String text) {
      setValue(StrictUuid.parse(text));
    }
  }

  /** Accepts {@code true} and {@code false}; an empty parameter counts as absent. */
  private static final class BooleanEditor extends PropertyEditorSupport {
    @Override
    public void setAsText(String text) {
      setValue(
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "" -> null;
            default -> throw new IllegalArgumentException("must be true or false");
          });
    }
  }
}
