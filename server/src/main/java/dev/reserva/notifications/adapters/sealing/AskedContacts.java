package dev.reserva.notifications.adapters.sealing;

import dev.reserva.notifications.application.LockedContacts;
import dev.reserva.notifications.application.Recipients.Contact;
import dev.reserva.notifications.application.Recipients.Sealed;
import dev.reserva.platform.privacy.PersonalTexts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Has contacts opened where their keys are. */
public final class AskedContacts implements LockedContacts {

  private static final int TEXTS_OF_ONE = 3;

  private final PersonalTexts texts;

  public AskedContacts(PersonalTexts texts) {
    this.texts = texts;
  }

  @Override
  public Map<UUID, Contact> open(Collection<Sealed> customers) {
    Map<UUID, Contact> opened = new HashMap<>();
    List<Sealed> open = List.copyOf(customers);
    int most = PersonalTexts.MOST / TEXTS_OF_ONE;
    for (int from = 0; from < open.size(); from += most) {
      open(open.subList(from, Math.min(open.size(), from + most)), opened);
    }
    return opened;
  }

  private void open(List<Sealed> customers, Map<UUID, Contact> opened) {
    List<PersonalTexts.Sealed> asked = new ArrayList<>(customers.size() * TEXTS_OF_ONE);
    for (Sealed customer : customers) {
      String phone = customer.phone();
      asked.add(new PersonalTexts.Sealed(customer.customerId(), "name", customer.name()));
      asked.add(new PersonalTexts.Sealed(customer.customerId(), "email", customer.email()));
      asked.add(
          new PersonalTexts.Sealed(customer.customerId(), "phone", phone == null ? "" : phone));
    }
    List<Optional<String>> answers = texts.open(asked);
    for (int i = 0; i < customers.size(); i++) {
      Sealed customer = customers.get(i);
      Optional<String> name = answers.get(TEXTS_OF_ONE * i);
      Optional<String> email = answers.get(TEXTS_OF_ONE * i + 1);
      Optional<String> phone = answers.get(TEXTS_OF_ONE * i + 2).filter(it -> !it.isEmpty());
      opened.put(
          customer.customerId(),
          name.isEmpty() || email.isEmpty()
              ? new Contact.Erased()
              : new Contact.Known(
                  name.get(), email.get(), phone.orElse(null), customer.language()));
    }
  }
}
