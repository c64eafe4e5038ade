package dev.reserva.financial.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.application.ReceivablesContract;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.memory.MemoryDatabase;
import java.util.List;
import java.util.UUID;

class MemoryReceivablesTest extends ReceivablesContract {

  private final Transactions transactions = new TestTransactions(Fixtures.NOON);

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected Receivables receivables() {
    return new MemoryReceivables();
  }

  @Override
  protected List<ReceivableEntry> ledger(UUID id) {
    return transactions.snapshot(tx ->
        MemoryReceivables.table(tx.resource(MemoryDatabase.class)).get(id).orElseThrow().ledger());
  }
}
