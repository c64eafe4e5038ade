package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an {@code application/json} body from the bytes that {@link BodyFilter} holds, by the rules
 * of {@link JsonBodyAdvice}. The framework reads a body of any other type, and handles a missing
 * one. It is bypassed because its choice of a converter costs more than reading the body.
 */
final class JsonBodies implements HandlerMethodArgumentResolver {

  private static final String JSON = "application/json";

  private final JsonMapper json;
  private final JsonBodyAdvice rules;
  private final HandlerMethodArgumentResolver otherwise;
  private final ConcurrentHashMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  /**
   * @param otherwise reads the other bodies
   */
  JsonBodies(JsonMapper json, JsonBodyAdvice rules, HandlerMethodArgumentResolver otherwise) {
    this.json = json;
    this.rules = rules;
    this.otherwise = otherwise;
  }

  /** Records only. They check themselves, so no binder is needed to validate them. */
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(RequestBody.class)
        && parameter.getParameterType().isRecord();
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    byte[] body = BodyFilter.bodyOf(request);
    if (body.length == 0 || !JSON.equals(request.getContentType())) {
      return otherwise.resolveArgument(parameter, container, web, binders);
    }
    Object read = read(body, parameter, request);
    if (read == null && Objects.requireNonNull(annotation(parameter)).required()) {
      throw unreadable("the body is null", null, request);
    }
    return read;
  }

  private @Nullable Object read(
      byte[] body, MethodParameter parameter, HttpServletRequest request) {
    rules.before(body);
    try {
      Object read = reader(parameter.getGenericParameterType()).readValue(body);
      rules.after();
      return read;
    } catch (InvalidDefinitionException e) {
      throw e; // a record without a reader is a bug, not the caller's fault
    } catch (JacksonException e) {
      throw unreadable("the body does not have the expected shape", e, request);
    }
  }

  private ObjectReader reader(Type type) {
    ObjectReader known = readers.get(type);
    return known != null
        ? known
        : readers.computeIfAbsent(type, any -> json.readerFor(json.constructType(any)));
  }

  private static @Nullable RequestBody annotation(MethodParameter parameter) {
    return parameter.getParameterAnnotation(RequestBody.class);
  }

  private static HttpMessageNotReadableException unreadable(
      String message, @Nullable Throwable cause, HttpServletRequest request) {
    return new HttpMessageNotReadableException(
        message, cause, new ServletServerHttpRequest(request));
  }
}
