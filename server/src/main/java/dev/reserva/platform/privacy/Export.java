package dev.reserva.platform.privacy;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.PersonalRecords.Part;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the services of this process hold about a customer. */
final class Export {

  /** Records of one part in one answer; the others follow by the part's {@code next}. */
  private static final int PAGE = 200;

  private final List<PersonalRecords> services;
  private final Transactions transactions;
  private final JsonMapper json;

  Export(List<PersonalRecords> services, Transactions transactions, JsonMapper json) {
    this.services = List.copyOf(services);
    this.transactions = transactions;
    this.json = json;
  }

  /**
   * What one process holds.
   *
   * @param names of all its parts
   * @param parts those that were asked for
   */
  record Held(List<String> names, List<PartView> parts) {}

  /**
   * @param next where the part continues
   */
  record PartView(String name, List<JsonNode> records, @Nullable String next) {}

  /**
   * @param part only this part; absent for all
   * @param before continue a part before this record; absent for its beginning
   */
  Held read(UUID customer, @Nullable String part, @Nullable UUID before) {
    List<PersonalRecords> asked =
        services.stream().filter(records -> part == null || records.name().equals(part)).toList();
    return new Held(
        services.stream().map(PersonalRecords::name).toList(),
        transactions.snapshot(
            tx -> asked.stream().map(records -> view(records, customer, before, tx)).toList()));
  }

  private PartView view(
      PersonalRecords records, UUID customer, @Nullable UUID before, UnitOfWork tx) {
    Part page = records.of(customer, before, PAGE, tx);
    return new PartView(
        records.name(),
        page.records().stream().<JsonNode>map(json::valueToTree).toList(),
        page.next() == null
            ? null
            : "/api/customers/%s/export?part=%s&before=%s"
                .formatted(customer, records.name(), page.next()));
  }
}
