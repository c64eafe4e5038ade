package dev.reserva.platform.privacy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens texts that customers' events carry sealed: with the keys of this database, or by asking the
 * process that has them. Keys themselves never leave their database.
 */
public interface PersonalTexts {

  /** Most texts of one question. */
  int MOST = 1_000;

  /**
   * Opens texts. It may call another process, so it is called outside of transactions.
   *
   * @param texts at most {@value #MOST}
   * @return one result per text, in the same order; empty if the key is destroyed or unknown
   * @throws dev.reserva.messaging.DependencyUnavailable if the process with the keys does not
   *     answer
   */
  List<Optional<String>> open(List<Sealed> texts);

  /**
   * @param subject the person
   * @param member what the text is, such as {@code name}
   */
  record Sealed(UUID subject, String member, String text) {}
}
