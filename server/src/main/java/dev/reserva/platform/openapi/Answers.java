package dev.reserva.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The successful answer of a controller's method. It is needed if the return type does not say it:
 * for any status except 200, and for {@code ResponseEntity<?>}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Answers.List.class)
public @interface Answers {

  int status() default 200;

  /** The record in the body; by default the method's return type. */
  Class<?> body() default Void.class;

  String mediaType() default "application/json";

  /** Whether the answer carries an {@code ETag}. */
  boolean tagged() default false;

  /** Further headers that the answer may carry; {@link Outputs} describes them. */
  String[] headers() default {};

  /** The answers of a method that has more than one. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {
    Answers[] value();
  }
}
