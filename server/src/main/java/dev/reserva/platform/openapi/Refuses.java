package dev.reserva.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A problem that a controller's method answers, besides those of the platform ({@link
 * PlatformProblems}). An annotation that carries some of these stands for all of them, where
 * several methods refuse for the same reasons.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(Refuses.List.class)
public @interface Refuses {

  int status();

  /** The last segment of the problem's type, such as {@code insufficient-stock}. */
  String type();

  /** When it is answered: a clause, such as {@code "another product has this SKU"}. */
  String when();

  /** A record of the members that the problem has besides those of every problem. */
  Class<?> with() default Void.class;

  /** The problems of a method that has more than one. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @interface List {
    Refuses[] value();
  }
}
