/**
 * Reads the settings: maps environment variables to configuration keys ({@code environment.properties} lists both),
 * has Kriya's mappings ({@code *Config}, beside their users) validated, reports all problems of a start at once, and
 * warns of misspelt variables. {@code docs/configuration.md} and {@code .env.example} are generated from the mappings.
 */
package io.kriya.config;
