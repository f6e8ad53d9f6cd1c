/**
 * Users and what identifies them: the {@link io.kriya.account.User} entity and its view for clients, phone numbers,
 * names and e-mail addresses.
 *
 * <p>{@link io.kriya.account.PhoneNumber} is the stored form of a number. {@link io.kriya.account.PhonePolicy} decides
 * which typed numbers are accepted, by {@link io.kriya.account.PhoneConfig}; {@link io.kriya.account.PhoneFormat} asks
 * libphonenumber. The {@code Valid…} constraints check the fields of requests.
 */
package io.kriya.account;
