package dev.reserva.platform.privacy;

import dev.reserva.platform.privacy.PersonalTexts.Sealed;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/privacy/open}: opens texts for processes on other databases. */
@Hidden
@RestController
final class PersonalTextsEndpoint {

  static final String PATH = "/internal/privacy/open";

  private final PersonalTexts texts;

  /**
   * @param texts of this database
   */
  PersonalTextsEndpoint(PersonalTexts texts) {
    this.texts = texts;
  }

  record Asked(@Nullable List<Sealed> texts) {}

  /**
   * @param texts null where the key is destroyed or unknown
   */
  record Opened(List<@Nullable String> texts) {}

  @PostMapping(PATH)
  Opened open(@RequestBody Asked asked) {
    var errors = new InputErrors();
    List<Sealed> sealed = Objects.requireNonNullElse(asked.texts(), List.of());
    if (sealed.size() > PersonalTexts.MOST) {
      errors.add(
          "/texts", "must have 0..%d entries, had %d".formatted(PersonalTexts.MOST, sealed.size()));
    }
    for (int i = 0; i < sealed.size(); i++) {
      @Nullable Sealed one = sealed.get(i);
      @Nullable UUID subject = one == null ? null : one.subject();
      if (one == null || subject == null || one.member() == null || one.text() == null) {
        errors.add("/texts/" + i, "needs subject, member and text");
      }
    }
    errors.throwIfAny();
    List<@Nullable String> opened = new ArrayList<>(sealed.size());
    texts.open(sealed).forEach(text -> opened.add(text.orElse(null)));
    return new Opened(opened);
  }
}
