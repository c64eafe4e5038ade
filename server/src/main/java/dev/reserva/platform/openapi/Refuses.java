package dev.reserva.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A problem that a controller's method answers, in addition to those of the platform ({@link
 * PlatformProblems}). Methods that refuse for the same reasons share an annotation that carries
 * several of these.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(Refuses.List.class)
public @interface Refuses {

  int status();

  /** The last segment of the problem's type, such as {@code insufficient-stock}. */
  String type();

  /** The condition, as a clause such as {@code "another product has this SKU"}. */
  String when();

  /** A record of the type's own members. */
  Class<?> with() default Void.class;

  /** The problems of a method that has more than one. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @interface List {
    Refuses[] value();
  }
}
