package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.platform.privacy.PersonalRecords;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a customer has chosen to receive. */
public final class PreferenceRecords implements PersonalRecords {

  private final Preferences preferences;

  public PreferenceRecords(Preferences preferences) {
    this.preferences = preferences;
  }

  @Override
  public String name() {
    return "notification-preferences";
  }

  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    Choices choices = preferences.find(Set.of(customer), snapshot).get(customer);
    return new Part(
        choices == null
            ? List.of()
            : List.of(PreferencesController.PreferencesView.of(customer, choices)),
        null);
  }
}
