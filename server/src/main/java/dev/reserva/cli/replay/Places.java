package dev.reserva.cli.replay;

import dev.reserva.cli.api.ReservaApi;
import java.util.ArrayList;
import java.util.List;

/** The locations of a replayed shop. Each product is at one of them, chosen by its SKU. */
final class Places {

  private final List<String> codes = new ArrayList<>(List.of("MAIN"));

  private Places() {}

  /**
   * Opens further locations beside the default one.
   *
   * @param count of all of them
   */
  static Places open(ReservaApi api, int count) {
    var places = new Places();
    for (int number = 2; number <= count; number++) {
      String code = "REPLAY-" + number;
      api.openLocation(code, "Location %d of the replay".formatted(number));
      places.codes.add(code);
    }
    return places;
  }

  String of(String sku) {
    return codes.get(Math.floorMod(sku.hashCode(), codes.size()));
  }
}
