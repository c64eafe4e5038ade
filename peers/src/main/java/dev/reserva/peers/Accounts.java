package dev.reserva.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts of a shop's database while nothing is under way.
 *
 * @param confirmed orders
 * @param cancelled orders
 * @param undecided orders
 * @param captured charges of the simulated provider
 * @param scarceLeft units left of the two scarce products together
 * @param broken sums and invariants that do not hold
 */
record Accounts(
    long confirmed, long cancelled, long undecided, long captured, long scarceLeft, long broken) {

  /**
   * The differences from the expected counts.
   *
   * @param rush the rush that has run; only its buyers were refused
   * @param load orders that were confirmed in addition to the rush
   * @return empty if everything is right
   */
  List<String> faults(Rush rush, long load) {
    List<String> faults = new ArrayList<>();
    expect(faults, "confirmed orders", rush.units() + load, confirmed);
    expect(faults, "cancelled orders", rush.buyers() - rush.units(), cancelled);
    expect(faults, "undecided orders", 0, undecided);
    expect(faults, "captured charges", rush.units() + load, captured);
    expect(faults, "units left of the scarce products", 0, scarceLeft);
    expect(faults, "broken sums", 0, broken);
    return faults;
  }

  private static void expect(List<String> faults, String what, long expected, long found) {
    if (expected != found) {
      faults.add("%s: %d instead of %d".formatted(what, found, expected));
    }
  }
}
