package dev.reserva.customers;

import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.ResetStaffPassword;
import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way back in for those who have the server's data, where nobody can log in any more. The
 * command line uses it.
 */
public final class RescueLogin {

  /** Most names that are listed where a name is unknown. */
  private static final int MAX_LISTED = 20;

  private final Transactions transactions;
  private final Users users;
  private final ResetStaffPassword resetting;
  private final PasswordRules rules;
  private final Passwords passwords;
  private final Supplier<String> randomPasswords;
  private final Clock clock;

  RescueLogin(
      Transactions transactions,
      Users users,
      ResetStaffPassword resetting,
      PasswordRules rules,
      Passwords passwords,
      Supplier<String> randomPasswords,
      Clock clock) {
    this.transactions = transactions;
    this.users = users;
    this.resetting = resetting;
    this.rules = rules;
    this.passwords = passwords;
    this.randomPasswords = randomPasswords;
    this.clock = clock;
  }

  /** A login that can be used again. */
  public record Rescued(String username, String password, List<String> roles) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "Rescued[%s]".formatted(username);
    }
  }

  /**
   * Gives a login of staff another password, removes its second factor, makes it active, and ends
   * its sessions.
   *
   * @param chosen the password; absent for a random one
   * @return empty if there is no such login
   * @throws IllegalArgumentException if the name or the password is not allowed
   */
  public Optional<Rescued> rescue(String username, @Nullable String chosen) {
    Username name = new Username(username);
    Password password = rules.parse(chosen == null ? randomPasswords.get() : chosen, name.value());
    String hash = passwords.hash(password, Passwords.Share.LOG_IN);
    Cause cause = Cause.of("admin-reset-password");
    return transactions
        .<Optional<User>>call(tx -> resetting.reset(name, hash, cause, clock.instant(), tx))
        .map(user ->
            new Rescued(
                user.login(),
                password.value(),
                user.roles().stream().map(UserRole::wire).sorted().toList()));
  }

  /** Names of staff, the first ones if there are many. */
  public List<String> names() {
    return transactions.snapshot(tx -> users.staff(null, MAX_LISTED, tx)).stream()
        .map(User::login)
        .toList();
  }
}
