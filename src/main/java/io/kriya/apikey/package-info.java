/**
 * Plane's API key: {@link io.kriya.apikey.ApiKeys} compares it, {@link io.kriya.apikey.RequiresApiKey} asks for it.
 */
package io.kriya.apikey;
