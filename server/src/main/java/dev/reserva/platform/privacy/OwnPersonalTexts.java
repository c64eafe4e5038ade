package dev.reserva.platform.privacy;

import dev.reserva.messaging.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens texts with the keys of this database. */
final class OwnPersonalTexts implements PersonalTexts {

  private final SubjectKeys keys;
  private final Transactions transactions;

  OwnPersonalTexts(SubjectKeys keys, Transactions transactions) {
    this.keys = keys;
    this.transactions = transactions;
  }

  @Override
  public List<Optional<String>> open(List<Sealed> texts) {
    Set<UUID> subjects = texts.stream().map(Sealed::subject).collect(Collectors.toSet());
    Map<UUID, SubjectKey> known = transactions.snapshot(tx -> keys.find(subjects, tx));
    return texts.stream().map(text -> open(text, known.get(text.subject()))).toList();
  }

  private static Optional<String> open(Sealed sealed, @Nullable SubjectKey key) {
    return key == null ? Optional.empty() : key.open(sealed.member(), sealed.text());
  }
}
