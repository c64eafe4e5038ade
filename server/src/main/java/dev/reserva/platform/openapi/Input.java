package dev.reserva.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter of a controller's method, in the query, the path or a header. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Input.List.class)
public @interface Input {

  /** The name in the request. */
  String name();

  /** The meaning, as a sentence. */
  String what();

  /** The type that the text is parsed into, if the method takes a text. */
  Class<?> type() default Void.class;

  /** The parameters of a method that has more than one. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {
    Input[] value();
  }
}
