/**
 * Constraints of settings and rules of production. The mappings ({@code *Config}) are beside the features that use
 * them; {@code io.kriya.config} maps environment variables to them, and reports problems.
 */
package io.kriya.setting;
