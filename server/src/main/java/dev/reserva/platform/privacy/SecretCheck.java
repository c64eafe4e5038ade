package dev.reserva.platform.privacy;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import java.util.List;

/**
 * Compares the secrets of this process with those that its database was used with. A process with
 * another secret would write what the others cannot read, and could not read what they have
 * written.
 */
final class SecretCheck {

  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";
  private static final String KNOWN = "select id from platform.privacy_secret order by since";
  private static final String ADD = "insert into platform.privacy_secret (id) values (?)";

  private final MasterKeys keys;
  private final Transactions transactions;

  SecretCheck(MasterKeys keys, Transactions transactions) {
    this.keys = keys;
    this.transactions = transactions;
  }

  /**
   * Records the present secret.
   *
   * @throws IllegalArgumentException if the database knows a secret that this process does not have
   */
  void run() {
    transactions.run(this::check);
  }

  private void check(UnitOfWork tx) {
    Statements sql = Statements.of(tx);
    sql.query(LOCK, row -> true, "platform.privacy_secret");
    List<String> known = sql.query(KNOWN, row -> row.getString("id"));
    for (String id : known) {
      if (keys.find(id).isEmpty()) {
        throw new IllegalArgumentException(
            ("reserva.privacy.secret is not the one that this database was used with (its id is %s,"
                    + " this one's %s): give all processes the same, as in <data>/privacy-secret of"
                    + " the first, and name one that was replaced in reserva.privacy.former-secrets")
                .formatted(id, keys.present().id()));
      }
    }
    if (!known.contains(keys.present().id())) {
      sql.write(ADD, keys.present().id());
    }
  }
}
