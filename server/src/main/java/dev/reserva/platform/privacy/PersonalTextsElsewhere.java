package dev.reserva.platform.privacy;

import dev.reserva.platform.security.LoginsProcess;
import java.util.List;
import java.util.Optional;

/** Asks the process that has the customers' keys. */
final class PersonalTextsElsewhere implements PersonalTexts {

  private final LoginsProcess process;

  PersonalTextsElsewhere(LoginsProcess process) {
    this.process = process;
  }

  @Override
  public List<Optional<String>> open(List<Sealed> texts) {
    PersonalTextsEndpoint.Opened opened =
        process.ask(
            PersonalTextsEndpoint.PATH,
            new PersonalTextsEndpoint.Asked(texts),
            PersonalTextsEndpoint.Opened.class);
    if (opened.texts().size() != texts.size()) {
      throw new IllegalStateException(
          "%d texts were to be opened, the answer has %d"
              .formatted(texts.size(), opened.texts().size()));
    }
    return opened.texts().stream().map(Optional::ofNullable).toList();
  }
}
