package dev.reserva.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.contracts.InventoryEvent.StockTransferred;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Shortage;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferOutcome;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.Cause;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of transfers between locations, for every implementation of the ports.
 *
 * <p>Tests share what is stored, so each makes products and locations of its own.
 */
public abstract class TransfersContract {

  private static final Cause CAUSE = LocationFixture.CAUSE;
  private static final ByHand BY = new ByHand("ana", new Reason("rebalanced"));

  private final LocationFixture shop;
  private final TransferStock transferStock;

  protected TransfersContract(Backend backend) {
    this.shop = new LocationFixture(backend);
    this.transferStock =
        new TransferStock(
            backend.transfers(),
            backend.locations(),
            backend.reservations(),
            backend.stocks(),
            shop.ids);
  }

  @Test
  void a_transfer_leaves_one_location_and_arrives_at_the_other() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(9, 0);

    UUID transfer = send(mug, 4, LocationCode.MAIN, north);
    assertThat(shop.stocked(mug).stock()).as("in transit it is stock of no location").isEqualTo(5);
    assertThat(shop.transactions.published())
        .containsExactly(
            new StockTransferred(transfer, mug, 4, "MAIN", north.value(), "IN_TRANSIT"));

    assertThat(receive(transfer)).isInstanceOf(TransferOutcome.Moved.class);
    assertThat(receive(transfer)).isInstanceOf(TransferOutcome.DoneBefore.class);
    assertThat(cancel(transfer)).isInstanceOf(TransferOutcome.EndedOtherwise.class);

    assertThat(shop.levels(mug)).extracting(StockLevel::physical).containsExactly(4, 5);
    assertThat(shop.transactions.published())
        .containsExactly(new StockTransferred(transfer, mug, 4, "MAIN", north.value(), "RECEIVED"));
    assertThat(
            shop.<List<LedgerEntries.Numbered>>snapshot(
                tx -> shop.backend.ledgerEntries().of(mug, Long.MAX_VALUE, 2, tx)))
        .extracting(it -> it.entry().kind(), it -> it.entry().location())
        .containsExactly(
            tuple(LedgerKind.TRANSFERRED_IN, north),
            tuple(LedgerKind.TRANSFERRED_OUT, LocationCode.MAIN));
  }

  @Test
  void a_cancelled_transfer_is_stock_of_its_origin_again() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(9, 0);
    UUID transfer = send(mug, 4, LocationCode.MAIN, north);

    assertThat(cancel(transfer)).isInstanceOf(TransferOutcome.Moved.class);
    assertThat(receive(transfer)).isInstanceOf(TransferOutcome.EndedOtherwise.class);

    assertThat(shop.levels(mug))
        .filteredOn(level -> level.location().isMain())
        .extracting(StockLevel::physical)
        .containsExactly(9);
    assertThat(
            shop.<List<Transfer>>snapshot(
                tx -> shop.backend.transfers().list(TransferStatus.CANCELLED, mug, null, 10, tx)))
        .singleElement()
        .satisfies(it -> assertThat(it.endedAt()).isNotNull());
  }

  @Test
  void what_an_order_holds_cannot_be_transferred() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(9, 0);
    shop.follow(shop.submitted(shop.ids.next(), mug, 6));

    assertThat(sending(mug, 4, LocationCode.MAIN, north))
        .isEqualTo(new TransferOutcome.FellShort(new Shortage(mug, 4, 3)));
    assertThat(sending(mug, 1, north, LocationCode.MAIN))
        .as("a location that never held it")
        .isEqualTo(new TransferOutcome.FellShort(new Shortage(mug, 1, 0)));
    UUID unknown = shop.ids.next();
    assertThat(sending(unknown, 1, LocationCode.MAIN, north))
        .isEqualTo(new TransferOutcome.UnknownProduct(unknown));
    LocationCode nowhere = new LocationCode("nowhere");
    assertThat(sending(mug, 1, LocationCode.MAIN, nowhere))
        .isEqualTo(new TransferOutcome.UnknownLocation(nowhere));
    assertThat(sending(mug, 3, LocationCode.MAIN, north)).isInstanceOf(TransferOutcome.Moved.class);
  }

  @Test
  void transfers_are_listed_newest_first() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(9, 0);
    List<UUID> sent =
        IntStream.range(0, 3).mapToObj(_ -> send(mug, 1, LocationCode.MAIN, north)).toList();
    receive(sent.getFirst());

    assertThat(transfers(null, null, mug)).containsExactlyElementsOf(sent.reversed());
    assertThat(transfers(TransferStatus.IN_TRANSIT, null, mug))
        .containsExactly(sent.get(2), sent.get(1));
    assertThat(transfers(null, sent.get(2), mug)).containsExactly(sent.get(1), sent.get(0));
  }

  private List<UUID> transfers(
      @Nullable TransferStatus status, @Nullable UUID before, UUID product) {
    return shop
        .snapshot(tx -> shop.backend.transfers().list(status, product, before, 10, tx))
        .stream()
        .map(it -> it.id())
        .toList();
  }

  private TransferOutcome sending(UUID product, int units, LocationCode from, LocationCode to) {
    return shop.call(tx ->
        transferStock.send(
            new TransferStock.Command(product, new Quantity(units), from, to, BY), CAUSE, tx));
  }

  private UUID send(UUID product, int units, LocationCode from, LocationCode to) {
    shop.transactions.published();
    return ((TransferOutcome.Moved) sending(product, units, from, to)).transfer().id();
  }

  private TransferOutcome receive(UUID transfer) {
    return shop.call(tx -> transferStock.receive(transfer, BY, CAUSE, tx)).orElseThrow();
  }

  private TransferOutcome cancel(UUID transfer) {
    return shop.call(tx -> transferStock.cancel(transfer, BY, CAUSE, tx)).orElseThrow();
  }
}
