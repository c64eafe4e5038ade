package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Passes the values of an optional header to a controller as texts; absent if there are none. The
 * framework would create a binder to convert them, which is not needed.
 */
final class HeaderValues implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
    return header != null
        && !header.required()
        && !header.name().isEmpty()
        && parameter.getParameterType() == List.class
        && ResolvableType.forMethodParameter(parameter).getGeneric().toClass() == String.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    String name =
        Objects.requireNonNull(parameter.getParameterAnnotation(RequestHeader.class)).name();
    List<String> values =
        Collections.list(
            Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class))
                .getHeaders(name));
    return values.isEmpty() ? null : values;
  }
}
