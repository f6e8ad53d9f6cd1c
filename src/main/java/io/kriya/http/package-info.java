/**
 * What is common to all HTTP requests before and around the resources.
 *
 * <p>{@link io.kriya.http.RequestFilters} has the order of the filters, each a class of its own: path prefix, access
 * log, body, malformed requests, CORS, routes. {@link io.kriya.http.Routes} derives every route, its methods, its
 * label in metrics and its path in the log from the resources; a feature that can be off binds its resources to a
 * {@link io.kriya.http.FeatureFilter}. {@link io.kriya.http.BodyReader} and its subclasses read JSON and forms.
 */
package io.kriya.http;
