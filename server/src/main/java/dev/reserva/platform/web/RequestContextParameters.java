package dev.reserva.platform.web;

import dev.reserva.contracts.Text;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Callers;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import dev.reserva.platform.web.RequestContext.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets a controller take {@link RequestContext}, {@link PageRequest}, {@link IfMatch} and {@link
 * Upload} as parameters.
 */
final class RequestContextParameters implements HandlerMethodArgumentResolver {

  /**
   * Length of the digest that identifies a list. It guards against mistakes, not against attacks.
   */
  private static final int LIST_BYTES = 6;

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == RequestContext.class
        || parameter.getParameterType() == PageRequest.class
        || parameter.getParameterType() == Upload.class
        || parameter.getParameterType() == IfMatch.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    Class<?> type = parameter.getParameterType();
    if (type == Upload.class) {
      return Objects.requireNonNull(request.getAttribute(UploadRoutes.ATTRIBUTE));
    }
    if (type == IfMatch.class) {
      return IfMatch.of(Collections.list(request.getHeaders(IfMatch.HEADER)));
    }
    return type == PageRequest.class ? page(request) : context(request, Callers.current());
  }

  static RequestContext context(HttpServletRequest request, Caller caller) {
    return new RequestContext(
        caller,
        CorrelationFilter.causeOf(request),
        idempotencyKey(request, caller),
        new Origin(
            SecurityEvents.addressOf(request),
            request.getMethod(),
            pattern(request),
            subject(request)));
  }

  private static String pattern(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? request.getRequestURI() : pattern.toString();
  }

  private static @Nullable String subject(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables
            && !variables.isEmpty()
        ? String.valueOf(variables.values().iterator().next())
        : null;
  }

  private static PageRequest page(HttpServletRequest request) {
    String limit = request.getParameter(PageRequest.LIMIT);
    int number = PageRequest.DEFAULT_LIMIT;
    if (limit != null) {
      try {
        number = Integer.parseInt(limit);
      } catch (NumberFormatException e) {
        throw Problem.invalid(
            "?limit",
            "must be 1..%d, was \"%s\"".formatted(PageRequest.MAX_LIMIT, Text.excerpt(limit)));
      }
    }
    return PageRequest.of(number, request.getParameter(PageRequest.CURSOR), list(request));
  }

  /** A digest of a list's path and filter. The order of the parameters does not matter. */
  private static String list(HttpServletRequest request) {
    MessageDigest digest = sha256();
    digest.update(request.getRequestURI().getBytes(StandardCharsets.UTF_8));
    new TreeMap<>(request.getParameterMap())
        .forEach((name, values) -> {
          if (!name.equals(PageRequest.LIMIT) && !name.equals(PageRequest.CURSOR)) {
            for (String part : new String[] {name, values[0]}) {
              digest.update((byte) 0);
              digest.update(part.getBytes(StandardCharsets.UTF_8));
            }
          }
        });
    return HexFormat.of().formatHex(digest.digest(), 0, LIST_BYTES);
  }

  private static @Nullable IdempotencyKey idempotencyKey(
      HttpServletRequest request, Caller caller) {
    String key = request.getHeader(IdempotencyKey.HEADER);
    if (key == null) {
      return null;
    }
    if (key.isEmpty()
        || key.length() > IdempotencyKey.MAX_LENGTH
        || key.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw Problem.invalid(
          IdempotencyKey.HEADER,
          "must have 1..%d printable characters, had %d"
              .formatted(IdempotencyKey.MAX_LENGTH, key.length()));
    }
    return new IdempotencyKey(caller.namespace(), key, fingerprint(request, key));
  }

  /**
   * The key is hashed first. It is not stored, so a stored fingerprint reveals nothing about the
   * body without it.
   */
  private static byte[] fingerprint(HttpServletRequest request, String key) {
    MessageDigest digest = sha256();
    String query = request.getQueryString();
    String target = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    for (String part : new String[] {key, request.getMethod(), target}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return digest.digest(
        request.getAttribute(UploadRoutes.ATTRIBUTE) instanceof Upload upload
            ? upload.digest()
            : BodyFilter.bodyOf(request));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform supports SHA-256", e);
    }
  }
}
