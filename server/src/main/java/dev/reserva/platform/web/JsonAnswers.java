package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
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
 * Writes a record, or JSON that exists as bytes, in one write with its length, to a caller that
 * accepts JSON. Any other answer is left to the framework, which negotiates its type and flushes an
 * entity before its end.
 */
final class JsonAnswers implements HandlerMethodReturnValueHandler {

  private final JsonMapper json;
  private final HandlerMethodReturnValueHandler otherwise;

  /**
   * @param otherwise writes what this does not
   */
  JsonAnswers(JsonMapper json, HandlerMethodReturnValueHandler otherwise) {
    this.json = json;
    this.otherwise = otherwise;
  }

  @Override
  public boolean supportsReturnType(MethodParameter type) {
    return type.getParameterType() == ResponseEntity.class
        || (type.getParameterType().isRecord()
            && AnnotatedElementUtils.hasAnnotation(type.getContainingClass(), ResponseBody.class));
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
   * A command's answer that is announced as JSON: its type is not negotiated, and it has no ETag.
   */
  private static boolean isPlain(ResponseEntity<?> entity, HttpServletRequest request) {
    return (entity.getBody() instanceof Record || entity.getBody() instanceof byte[])
        && entity.getStatusCode().is2xxSuccessful()
        && MediaType.APPLICATION_JSON_VALUE.equals(
            entity.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
        && !request.getMethod().equals("GET")
        && !request.getMethod().equals("HEAD")
        && looksLikeNoFile(request);
  }

  private static boolean isPlain(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return (accept == null
            || accept.equals(MediaType.ALL_VALUE)
            || accept.equals(MediaType.APPLICATION_JSON_VALUE))
        && request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null
        && looksLikeNoFile(request);
  }

  /** Where a path ends like a file's name, the framework tells browsers not to take it for one. */
  private static boolean looksLikeNoFile(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.indexOf('.') < 0 && path.indexOf('%') < 0;
  }
}
