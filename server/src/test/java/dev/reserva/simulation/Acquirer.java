package dev.reserva.simulation;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.domain.Instructions;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payment provider. Its durable ledger survives every process of the server, so its captures
 * and refunds are independent evidence.
 */
final class Acquirer implements PaymentProvider {

  enum Standing {
    CAPTURED,
    DECLINED,
    PENDING,
    VOIDED
  }

  /** One charge, by its key. */
  static final class Account {
    final UUID key;
    final @Nullable Money amount;
    final Map<UUID, Money> refunds = new LinkedHashMap<>();
    final Instructions instructions;
    Standing standing;

    Account(UUID key, @Nullable Money amount, Instructions instructions, Standing standing) {
      this.key = key;
      this.amount = amount;
      this.instructions = instructions;
      this.standing = standing;
    }

    boolean captured() {
      return standing == Standing.CAPTURED;
    }

    Money refunded(String currency) {
      return refunds.values().stream().reduce(Money.zero(currency), Money::plus);
    }
  }

  /** A call of the provider about a charge that it had let wait. */
  record Webhook(String id, UUID key, Decision decision) {}

  private final World world;
  private final Map<UUID, Account> accounts = new TreeMap<>();
  private final Deque<Webhook> webhooks = new ArrayDeque<>();
  private int webhooksSent;

  Acquirer(World world) {
    this.world = world;
  }

  Optional<Account> account(UUID key) {
    return Optional.ofNullable(accounts.get(key));
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  Deque<Webhook> webhooks() {
    return webhooks;
  }

  @Override
  public Answer charge(Charge charge) {
    Account known = accounts.get(charge.key());
    if (known == null) {
      int fate = world.random.nextInt(100);
      if (fate < 5 && !world.healed) {
        throw new Unavailable("a fault of its own");
      }
      Standing standing =
          fate < 63 ? Standing.CAPTURED : fate < 75 ? Standing.DECLINED : Standing.PENDING;
      known = new Account(charge.key(), charge.amount(), instructions(), standing);
      accounts.put(charge.key(), known);
      world.tally.count(
          switch (standing) {
            case CAPTURED -> Happening.CHARGE_APPROVED;
            case DECLINED -> Happening.CHARGE_DECLINED;
            case PENDING, VOIDED -> Happening.CHARGE_PENDING;
          });
      world.note("provider: charge " + Chronicle.name(charge.key()) + " " + standing);
      if (world.chance(0.08)) {
        world.tally.count(Happening.CHARGED_BUT_NOT_ANSWERED);
        throw new Unavailable("the answer was lost");
      }
    } else if (!charge.amount().equals(known.amount) && known.standing != Standing.VOIDED) {
      world.broken(
          Invariant.BOOKS_EQUAL_THE_PROVIDER,
          "charge %s of %s was asked for again with %s"
              .formatted(Chronicle.name(known.key), known.amount, charge.amount()));
    }
    return switch (known.standing) {
      case CAPTURED -> new Approved(transaction(known.key));
      case DECLINED -> new Declined("declined");
      case VOIDED -> new Declined("voided");
      case PENDING -> new Pending(known.instructions);
    };
  }

  @Override
  public PaymentProvider.Standing inquire(UUID key) {
    if (world.chance(0.05)) {
      throw new Unavailable("a fault of its own");
    }
    Account known = accounts.get(key);
    if (known == null) {
      return new Absent();
    }
    return switch (known.standing) {
      case CAPTURED -> new Approved(transaction(key));
      case DECLINED -> new Declined("declined");
      case VOIDED -> new Declined("voided");
      case PENDING -> new Pending(known.instructions);
    };
  }

  @Override
  public Abandonment abandon(Charge charge) {
    Account known =
        accounts.computeIfAbsent(
            charge.key(), key -> new Account(key, null, Instructions.NONE, Standing.VOIDED));
    if (known.captured()) {
      return new Approved(transaction(charge.key()));
    }
    world.tally.count(Happening.ABANDONED);
    if (known.standing == Standing.PENDING) {
      known.standing = Standing.VOIDED;
    }
    world.note("provider: abandons " + Chronicle.name(charge.key()));
    return new Abandoned();
  }

  @Override
  public Repayment refund(Repay repay) {
    if (world.chance(0.1)) {
      throw new Unavailable("a fault of its own");
    }
    Account known = accounts.get(repay.charge());
    Money paid = known == null || !known.captured() ? null : known.amount;
    if (known == null || paid == null) {
      world.broken(
          Invariant.BOOKS_EQUAL_THE_PROVIDER,
          "a refund of %s, which took no money".formatted(Chronicle.name(repay.charge())));
      return new Refused("nothing_captured");
    }
    if (known.refunds.containsKey(repay.key())) {
      return new Repaid();
    }
    if (known.refunded(paid.currency()).plus(repay.amount()).compareTo(paid) > 0) {
      world.broken(
          Invariant.BOOKS_EQUAL_THE_PROVIDER,
          "refunds of %s exceed %s".formatted(Chronicle.name(repay.charge()), paid));
      return new Refused("more_than_captured");
    }
    known.refunds.put(repay.key(), repay.amount());
    world.tally.count(Happening.REFUNDED);
    world.note(
        "provider: gives back %s of %s".formatted(repay.amount(), Chronicle.name(known.key)));
    if (world.chance(0.08)) {
      world.tally.count(Happening.REFUND_NOT_ANSWERED);
      throw new Unavailable("the answer was lost");
    }
    return new Repaid();
  }

  /**
   * A buyer completes or abandons a waiting charge, and the provider sends a webhook or loses it.
   */
  void buyerActs() {
    List<Account> waiting =
        accounts.values().stream().filter(it -> it.standing == Standing.PENDING).toList();
    if (waiting.isEmpty()) {
      return;
    }
    Account account = waiting.get(world.random.nextInt(waiting.size()));
    boolean approves = world.random.nextInt(10) < 7;
    account.standing = approves ? Standing.CAPTURED : Standing.DECLINED;
    world.tally.count(approves ? Happening.BUYER_APPROVED : Happening.BUYER_DECLINED);
    world.note("buyer settles %s: %s".formatted(Chronicle.name(account.key), account.standing));
    if (world.chance(0.2)) {
      world.tally.count(Happening.WEBHOOK_LOST);
      return;
    }
    Decision answer = approves ? new Approved(transaction(account.key)) : new Declined("declined");
    Webhook webhook = new Webhook("webhook-" + ++webhooksSent, account.key, answer);
    webhooks.add(webhook);
    if (world.chance(0.3)) {
      webhooks.add(webhook);
    }
  }

  /** Half of the codes can be paid for one to twenty minutes. */
  private Instructions instructions() {
    return world.random.nextBoolean()
        ? Instructions.NONE
        : new Instructions(
            "code", world.clock.instant().plusSeconds(60 + world.random.nextInt(1_140)));
  }

  private static String transaction(UUID key) {
    return "tx_" + Chronicle.name(key);
  }
}
