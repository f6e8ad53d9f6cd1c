// The client's side of a login: its settings, and who it says has logged in.
import assert from "node:assert/strict";
import { Person } from "./person.mjs";

export const kriya = setting("KRIYA_URL");
export const stateless = setting("KRIYA_STATELESS_URL");
export const query = setting("KRIYA_QUERY_URL");
export const gateway = { id: setting("INTROSPECTION_CLIENT_ID"), secret: setting("INTROSPECTION_CLIENT_SECRET") };

export function setting(name) {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

export function redirectOf(client) {
  return setting(`REDIRECT_${client.toUpperCase()}`);
}

/** What a client is configured with. */
export function app(client, server = kriya) {
  return {
    kriya: server,
    id: setting("OAUTH_CLIENT_ID"),
    secret: setting("OAUTH_CLIENT_SECRET"),
    redirectUri: redirectOf(client),
  };
}

/** Runs a client in this process while "body" gets its address. */
export async function running(client, server, body) {
  const { origin, port } = new URL(redirectOf(client));
  const listening = await server;
  // The next client that listens here must get no connection that is left of this one.
  listening.prependListener("request", (request, response) => (response.shouldKeepAlive = false));
  await new Promise((resolve) => listening.listen(port, "127.0.0.1", resolve));
  try {
    await body(origin, listening);
  } finally {
    listening.close();
    listening.closeAllConnections();
  }
}

/** Logs a person in; what the client shows, as JSON, and the person. */
export async function login(url, name) {
  const person = new Person(name);
  const page = await person.logIn(url);
  assert.equal(page.status, 200, `${page.url}: ${page.text}`);
  return { person, id: await person.id(), shown: json(page) };
}

export function json(page) {
  try {
    return JSON.parse(page.text);
  } catch {
    throw new Error(`no JSON at ${page.url}: ${page.status} ${page.text}`);
  }
}

/** That a client has got the person in the form of Kriya's user endpoint. */
export function assertUser(user, id, name) {
  assert.equal(user.id, id);
  assert.equal(user.sub, id);
  assert.equal(user.email, `${id}@kriya.local`);
  assert.equal(user.name, name);
}
