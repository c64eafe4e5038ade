package dev.reserva.customers.adapters.web;

/**
 * What is answered whether somebody is known or not.
 *
 * @param detail what happens now
 */
record AccountAcceptedView(String detail) {}
