package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a record, or JSON bytes, in one write with its length, if the caller accepts JSON. The
 * framework writes any other answer. It flushes an entity in parts, and refuses a caller that does
 * not accept JSON. The {@code Accept} header never selects another type.
 */
final class JsonAnswers implements HandlerMethodReturnValueHandler {

  private static final String OURS = "dev.reserva.";
  private static final Set<MediaType> JSON_ONLY = Set.of(MediaType.APPLICATION_JSON);

  private final JsonMapper json;
  private final HandlerMethodReturnValueHandler otherwise;

  /**
   * @param otherwise writes the other answers
   */
  JsonAnswers(JsonMapper json, HandlerMethodReturnValueHandler otherwise) {
    this.json = json;
    this.otherwise = otherwise;
  }

  @Override
  public boolean supportsReturnType(MethodParameter type) {
    return type.getContainingClass().getName().startsWith(OURS)
        && type.getParameterType() != void.class
        && AnnotatedElementUtils.hasAnnotation(type.getContainingClass(), ResponseBody.class);
  }

  @Override
  public void handleReturnValue(
      @Nullable Object value,
      MethodParameter type,
      ModelAndViewContainer container,
      NativeWebRequest web)
      throws Exception {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    HttpServletResponse response =
        Objects.requireNonNull(web.getNativeResponse(HttpServletResponse.class));
    if (value instanceof ResponseEntity<?> entity && isPlain(entity, request)) {
      container.setRequestHandled(true);
      response.setStatus(entity.getStatusCode().value());
      entity
          .getHeaders()
          .forEach((name, values) -> values.forEach(one -> response.addHeader(name, one)));
      write(Objects.requireNonNull(entity.getBody()), response);
    } else if (value instanceof Record && isPlain(request)) {
      container.setRequestHandled(true);
      write(value, response);
    } else {
      if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null) {
        request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, JSON_ONLY);
      }
      otherwise.handleReturnValue(value, type, container, web);
    }
  }

  private void write(Object body, HttpServletResponse response) throws IOException {
    byte[] bytes = body instanceof byte[] ready ? ready : json.writeValueAsBytes(body);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /**
   * Whether it is a command's answer in JSON, or the answer to an unconditional read. The framework
   * writes the answers to conditional reads, because it answers 304.
   */
  private static boolean isPlain(ResponseEntity<?> entity, HttpServletRequest request) {
    if (!(entity.getBody() instanceof Record || entity.getBody() instanceof byte[])
        || !entity.getStatusCode().is2xxSuccessful()
        || !looksLikeNoFile(request)) {
      return false;
    }
    return switch (request.getMethod()) {
      case "GET" ->
          entity.getBody() instanceof Record
              && isPlain(request)
              && request.getHeader(HttpHeaders.IF_NONE_MATCH) == null
              && request.getHeader(HttpHeaders.IF_MODIFIED_SINCE) == null
              && request.getHeader(HttpHeaders.IF_UNMODIFIED_SINCE) == null
              && request.getHeader(HttpHeaders.IF_MATCH) == null;
      case "HEAD" -> false;
      default ->
          MediaType.APPLICATION_JSON_VALUE.equals(
              entity.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
    };
  }

  private static boolean isPlain(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return (accept == null
            || accept.equals(MediaType.ALL_VALUE)
            || accept.equals(MediaType.APPLICATION_JSON_VALUE))
        && request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null
        && looksLikeNoFile(request);
  }

  /**
   * Whether the path cannot be taken for a file name. For other paths the framework adds a header
   * against reflected downloads.
   */
  private static boolean looksLikeNoFile(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.indexOf('.') < 0 && path.indexOf('%') < 0;
  }
}
