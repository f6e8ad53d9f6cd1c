/**
 * The API description at {@code /openapi.json} and {@code /docs}: the annotations of the resources, the static parts in
 * {@code META-INF/openapi.yaml}, and the error codes, which {@link io.kriya.openapi.ApiDescription} adds at build time.
 */
package io.kriya.openapi;
