package dev.reserva.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a controller's method answers when it succeeds. Needed where its return type does not tell:
 * for any status but 200, and for {@code ResponseEntity<?>}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Answers.List.class)
public @interface Answers {

  int status() default 200;

  /** The record that is written; by default what the method returns. */
  Class<?> body() default Void.class;

  String mediaType() default "application/json";

  /** Whether the answer carries an {@code ETag}. */
  boolean tagged() default false;

  /** Others that the answer may carry; {@link Outputs} knows them. */
  String[] headers() default {};

  /** The answers of a method that has more than one. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {
    Answers[] value();
  }
}
