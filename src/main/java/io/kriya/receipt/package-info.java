/**
 * Delivery receipts of SMS providers, {@code POST /api/sms/receipts/twilio} and {@code /webhook}: signed requests that
 * say whether a message arrived. {@link io.kriya.challenge.Deliveries} records them.
 */
package io.kriya.receipt;
