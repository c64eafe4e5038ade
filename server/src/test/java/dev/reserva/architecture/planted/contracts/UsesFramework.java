package dev.reserva.architecture.planted.contracts;

import org.springframework.util.StringUtils;

/** Contracts must not know a framework. */
record UsesFramework(String name) {
  boolean named() {
    return StringUtils.hasText(name);
  }
}
