/**
 * The hosted login page at {@code /oauth/authorize}: number, code, name, and back to the client.
 *
 * <p>{@link io.kriya.loginpage.LoginResource} has a method for each form. Between two requests the browser holds the
 * {@link io.kriya.loginpage.LoginState}, encrypted in a cookie, so that any replica can answer. Forms carry a CSRF
 * token. What a page looks like is in {@code view} and {@code branding}.
 */
package io.kriya.loginpage;
