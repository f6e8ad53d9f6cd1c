/**
 * Known devices: browsers and API clients in which a user has logged in. A device holds a {@link
 * io.kriya.device.DeviceSecret}; {@link io.kriya.device.Devices} makes it known, recognizes and revokes it. Known
 * devices have rate limits of their own, so that strangers can't lock a user out.
 *
 * @see <a href="https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies">Device
 *     cookies</a>
 */
package io.kriya.device;
