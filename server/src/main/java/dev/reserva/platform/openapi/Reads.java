package dev.reserva.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a body whose controller takes the bytes and parses them itself. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Reads {

  /** The record that the body is parsed into. */
  Class<?> value();

  /** Whether members are accepted that are not in the record. */
  boolean unknownMembers() default false;
}
