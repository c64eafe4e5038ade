package dev.reserva;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test that sets properties to values other than their defaults and checks the effect.
 * {@code ConfigurationTableTest} demands one for each property that the README lists.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EffectOf {

  /** Full names, such as {@code reserva.database.pool-size}. */
  String[] value();
}
