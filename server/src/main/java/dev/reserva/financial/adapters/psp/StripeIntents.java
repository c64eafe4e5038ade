package dev.reserva.financial.adapters.psp;

import dev.reserva.financial.application.ProviderReferences;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code financial.stripe_intents}: the one PaymentIntent of each payment that may take
 * money. What was entered first stays.
 */
public final class StripeIntents implements ProviderReferences {

  /**
   * What is on record for a payment.
   *
   * @param intent absent if the payment was abandoned before it had one
   */
  record Entry(@Nullable String intent) {}

  /** The update changes nothing: it locks the row that is there, and returns it. */
  private static final String ENTER =
      """
      insert into financial.stripe_intents as known (payment_id, intent_id) values (?, ?)
      on conflict (payment_id) do update set intent_id = known.intent_id
      returning intent_id
      """;

  private static final String FIND =
      "select intent_id from financial.stripe_intents where payment_id = ?";

  private static final String PAYMENT_OF =
      "select payment_id from financial.stripe_intents where intent_id = ?";

  private final Transactions transactions;

  public StripeIntents(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Enters the intent of a payment, or that there will be none.
   *
   * @return what is on record now; another one's entry if that came first
   */
  Entry enter(UUID payment, @Nullable String intent) {
    return transactions.call(
        tx -> Statements.of(tx).query(ENTER, StripeIntents::entry, payment, intent).getFirst());
  }

  Optional<Entry> find(UUID payment) {
    List<Entry> found =
        transactions.snapshot(tx -> Statements.of(tx).query(FIND, StripeIntents::entry, payment));
    return found.stream().findFirst();
  }

  @Override
  public Optional<UUID> paymentOf(String reference, UnitOfWork tx) {
    return Statements.of(tx)
        .query(PAYMENT_OF, row -> Rows.uuid(row, "payment_id"), reference)
        .stream()
        .findFirst();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(row.getString("intent_id"));
  }
}
