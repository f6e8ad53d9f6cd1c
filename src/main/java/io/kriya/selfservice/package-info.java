/**
 * What users do with their own account, by their login token: see and end sessions, change the profile and the number,
 * export everything, erase the account. {@link io.kriya.selfservice.HolderAuthenticator} authenticates them,
 * {@link io.kriya.selfservice.Sessions} and {@link io.kriya.selfservice.OwnAccount} have the rules.
 */
package io.kriya.selfservice;
