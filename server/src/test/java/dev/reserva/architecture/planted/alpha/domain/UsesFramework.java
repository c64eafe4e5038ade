package dev.reserva.architecture.planted.alpha.domain;

import org.springframework.util.StringUtils;

/** A domain must not know a framework. */
record UsesFramework(String name) {
  boolean named() {
    return StringUtils.hasText(name);
  }
}
