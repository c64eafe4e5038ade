package dev.reserva.financial.adapters.postgres;

import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import java.time.Instant;

/** The table {@code financial.webhooks}. */
public final class PostgresReceivedWebhooks implements ReceivedWebhooks {

  /** Passes over what another webhook is forgetting at this moment. */
  private static final String FORGET =
      """
      delete from financial.webhooks
      where id in (
        select id from financial.webhooks where received_at < ? limit 1000 for update skip locked)
      """;

  private static final String REMEMBER =
      "insert into financial.webhooks (id, received_at) values (?, ?) on conflict do nothing";

  @Override
  public boolean remember(String id, Instant receivedAt, Instant forgetBefore, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    statements.write(FORGET, forgetBefore);
    return statements.update(REMEMBER, id, receivedAt) == 1;
  }
}
