package dev.reserva.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * What a shop's database says when nothing is under way.
 *
 * @param confirmed orders
 * @param cancelled orders
 * @param undecided orders
 * @param captured charges of the simulated provider
 * @param scarceLeft units left of the two scarce products, summed
 * @param broken sums and invariants that do not hold
 */
record Accounts(
    long confirmed, long cancelled, long undecided, long captured, long scarceLeft, long broken) {

  /**
   * What differs from what must be.
   *
   * @param rush that has been, and the only one who was refused anything
   * @param load orders that were confirmed beside the rush
   * @return nothing if all is right
   */
  List<String> faults(Rush rush, long load) {
    List<String> faults = new ArrayList<>();
    expect(faults, "confirmed orders", rush.units() + load, confirmed);
    expect(faults, "cancelled orders", rush.buyers() - rush.units(), cancelled);
    expect(faults, "undecided orders", 0, undecided);
    expect(faults, "captured charges", rush.units() + load, captured);
    expect(faults, "units left of what was scarce", 0, scarceLeft);
    expect(faults, "broken sums", 0, broken);
    return faults;
  }

  private static void expect(List<String> faults, String what, long wanted, long found) {
    if (wanted != found) {
      faults.add("%s: %d instead of %d".formatted(what, found, wanted));
    }
  }
}
