package dev.reserva.operations.adapters.web;

import dev.reserva.contracts.Text;

/**
 * A short text that somebody wrote: a reason, or what to look for.
 *
 * @param value 1..500 characters on one line
 */
record Words(String value) {

  private static final int MAX_LENGTH = 500;

  Words {
    value = Text.line("text", value, 1, MAX_LENGTH);
  }
}
