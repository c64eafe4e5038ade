package dev.reserva.platform.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a member of a request whose value has a form of its own in which long numbers are usual,
 * such as an SKU that is an EAN. It is not searched for card numbers. An annotation that carries
 * this one also needs {@link JacksonAnnotationsInside}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.ANNOTATION_TYPE
})
public @interface NotFreeText {}
