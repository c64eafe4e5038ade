/**
 * The HTTP API of customers, accounts, sessions, second factors, API keys and users.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.web.CustomersController} and {@link
 * dev.reserva.customers.adapters.web.TokenController}. The controllers decide who may see which
 * customer. The rules are in the domain.
 */
@NullMarked
package dev.reserva.customers.adapters.web;

import org.jspecify.annotations.NullMarked;
