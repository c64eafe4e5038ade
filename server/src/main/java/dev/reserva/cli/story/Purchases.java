package dev.reserva.cli.story;

import dev.reserva.cli.api.Amount;
import dev.reserva.cli.api.Customer;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Product;
import dev.reserva.cli.api.ReservaApi;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates products and customers, and places orders. */
final class Purchases {
  static final String CURRENCY = "BRL";

  /** How long the caller of an order waits for its outcome. */
  static final Duration WAIT = Duration.ofSeconds(20);

  private final ReservaApi api;
  private final String suffix;

  /**
   * @param suffix of SKUs and e-mail addresses
   */
  Purchases(ReservaApi api, String suffix) {
    this.api = api;
    this.suffix = suffix;
  }

  Product product(String sku, String name, String price, int stock) {
    return product(
        new Product.New(sku + suffix, name, Amount.of(price, CURRENCY), stock, null), name);
  }

  /** Without stock; orders may wait for it. */
  Product expected(String sku, String name, String price) {
    return product(
        new Product.New(
            sku + suffix,
            name,
            Amount.of(price, CURRENCY),
            0,
            null,
            new Product.Backorder("backorder"),
            null),
        name);
  }

  Product bundle(String sku, String name, String price, Order.Wanted... parts) {
    return product(
        new Product.New(
            sku + suffix, name, Amount.of(price, CURRENCY), 0, null, null, List.of(parts)),
        name);
  }

  private Product product(Product.New product, String name) {
    return api.createProduct(product, key()).value("product " + name);
  }

  /**
   * @param password absent for a customer without a login
   */
  Customer customer(String name, @Nullable String password) {
    return customer(name, name.toLowerCase(Locale.ROOT), password);
  }

  /** One of many customers, without a login. */
  Customer buyer(int number) {
    return customer("Buyer " + number, "buyer" + number, null);
  }

  private Customer customer(String name, String mailbox, @Nullable String password) {
    String email = mailbox + suffix + "@example.com";
    return api.createCustomer(new Customer.New(name, email, password), key())
        .value("customer " + name);
  }

  Order place(Customer customer, Order.Payment payment, Order.Wanted... items) {
    return api.placeOrder(new Order.New(customer.id(), List.of(items), payment), key(), WAIT)
        .value("the order of " + customer.name());
  }

  /** Does not wait for the outcome. */
  Order place(Customer customer, Order.Wanted item) {
    return api.placeOrder(
            new Order.New(customer.id(), List.of(item), approved()), key(), Duration.ZERO)
        .value("the order of " + customer.name());
  }

  static Order.Wanted wanted(Product product, int quantity) {
    return new Order.Wanted(product.id(), quantity);
  }

  static Order.Payment approved() {
    return card("tok_approve");
  }

  static Order.Payment card(String token) {
    return new Order.Payment("credit_card", token);
  }

  static String key() {
    return UUID.randomUUID().toString();
  }
}
