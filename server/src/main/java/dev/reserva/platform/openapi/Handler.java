package dev.reserva.platform.openapi;

import dev.reserva.platform.security.Route;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * A controller's method at one of its paths, with the facts that its signature gives.
 *
 * @param route who may call it; absent if nobody may
 */
record Handler(HttpMethod verb, String path, HandlerMethod method, @Nullable Route route) {

  boolean isOpen() {
    return route != null && route.open();
  }

  boolean hasPathVariables() {
    return path.contains("{");
  }

  boolean mayHaveBody() {
    return !verb.equals(HttpMethod.GET);
  }

  /** Whether it is a command, which accepts an {@code Idempotency-Key}. */
  boolean isCommand() {
    return mayHaveBody() && takes(RequestContext.class);
  }

  boolean isPaged() {
    return takes(PageRequest.class);
  }

  boolean takesIfMatch() {
    return takes(IfMatch.class);
  }

  private boolean takes(Class<?> type) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == type);
  }

  /** The type of the request's body; empty if it has none. */
  Optional<Type> read() {
    Reads reads = method.getMethodAnnotation(Reads.class);
    return reads != null
        ? Optional.of(reads.value())
        : body().map(MethodParameter::getGenericParameterType).findFirst();
  }

  boolean requiresBody() {
    return method.hasMethodAnnotation(Reads.class)
        || body()
            .map(parameter -> parameter.getParameterAnnotation(RequestBody.class))
            .anyMatch(annotation -> annotation != null && annotation.required());
  }

  /** Whether the body may have members that are not in its record. */
  boolean readsUnknownMembers() {
    Reads reads = method.getMethodAnnotation(Reads.class);
    return reads != null && reads.unknownMembers();
  }

  private Stream<MethodParameter> body() {
    return Arrays.stream(method.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
  }

  /** Whether it answers 304 to a caller that has the current version. */
  boolean isConditional() {
    return verb.equals(HttpMethod.GET)
        && annotations(Answers.class).stream().anyMatch(Answers::tagged);
  }

  /** The type of the answer's body; empty if the signature does not say it. */
  Optional<Type> returned() {
    Type type = method.getMethod().getGenericReturnType();
    if (type instanceof ParameterizedType entity && entity.getRawType() == ResponseEntity.class) {
      type = entity.getActualTypeArguments()[0];
    }
    return type instanceof WildcardType || type == void.class
        ? Optional.empty()
        : Optional.of(type);
  }

  /** Its annotations of a repeatable type, including those on its other annotations. */
  <A extends Annotation> List<A> annotations(Class<A> type) {
    return List.copyOf(
        AnnotatedElementUtils.getMergedRepeatableAnnotations(method.getMethod(), type));
  }

  /**
   * {@code Orders-place} of {@code OrdersController.place}, unless {@link Operation} tells another:
   * programs are generated from ids, so they stay when a method moves.
   */
  String operationId() {
    Operation told = method.getMethodAnnotation(Operation.class);
    if (told != null && !told.operationId().isEmpty()) {
      return told.operationId();
    }
    return method.getBeanType().getSimpleName().replace("Controller", "")
        + "-"
        + method.getMethod().getName();
  }
}
