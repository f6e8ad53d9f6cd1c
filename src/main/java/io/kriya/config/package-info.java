/**
 * Reads the environment: the names of settings and their keys, what each takes, and what production requires. A setting
 * that can't be used stops the start. The mappings themselves ({@code *Config}) are beside their users.
 */
package io.kriya.config;
