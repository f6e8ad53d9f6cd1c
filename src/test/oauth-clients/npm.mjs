import assert from "node:assert/strict";
import { app, assertUser, gateway, json, kriya, login, running, stateless } from "./app.mjs";
import { check } from "./check.mjs";
import arctic from "./npm/arctic.mjs";
import auth from "./npm/auth.mjs";
import grant from "./npm/grant.mjs";
import oauth4webapi, { ClientSecretBasic, ClientSecretPost, introspect } from "./npm/oauth4webapi.mjs";
import openidClient from "./npm/openid-client.mjs";
import passport from "./npm/passport.mjs";
import simpleOAuth2 from "./npm/simple-oauth2.mjs";
import { Person } from "./person.mjs";

async function signInByAuth(origin, person) {
  await person.open(`${origin}/auth/signin`);
  await person.submit("/auth/signin/gitlab");
}

export default async function () {
  await check("Auth.js logs a user in by PKCE without state, with its option issuer", () =>
    running("authjs", auth(app("authjs"), { issuer: kriya }), async (origin, { accounts }) => {
      const person = new Person("Ada of Auth");
      await signInByAuth(origin, person);
      await person.verify();
      const { user } = json(await person.open(`${origin}/auth/session`));
      const id = await person.id();
      assert.deepEqual(user, { name: "Ada of Auth", email: `${id}@kriya.local`, image: "" });
      assert.deepEqual(accounts, [id]);
    }));

  await check("Auth.js without its option issuer refuses the redirect, as it takes Kriya for another issuer", () =>
    running("authjs", auth(app("authjs")), async (origin, server) => {
      const person = new Person("Ada of Auth");
      await signInByAuth(origin, person);
      await person.verify();
      assert.match(String(server.lastError?.cause?.err ?? server.lastError), /unexpected "iss"/);
    }));

  await check("passport-gitlab2 is refused with the reason, as it sends neither state nor a challenge", () =>
    running("passport", passport(app("passport")), async (origin) => {
      const person = new Person("Ada");
      const page = await person.open(`${origin}/auth/gitlab`);
      assert.equal(person.lastRedirect.searchParams.get("error"), "invalid_request");
      assert.match(person.lastRedirect.searchParams.get("error_description"), /state or code_challenge .* OAUTH_ALLOW_STATELESS/);
      assert.match(json(page).message, /OAUTH_ALLOW_STATELESS/);
    }));

  await check("passport-gitlab2 logs a user in by its defaults with OAUTH_ALLOW_STATELESS", () =>
    running("passport", passport(app("passport", stateless)), async (origin) => {
      const { id, shown } = await login(`${origin}/auth/gitlab`, "Ada of Passport");
      assert.equal(shown.id, id);
      assert.equal(shown.username, id);
      assert.equal(shown.displayName, "Ada of Passport");
      assert.deepEqual(shown.emails, [{ value: `${id}@kriya.local` }]);
    }));

  await check("grant logs a user in with its option state", () =>
    running("grant", grant(app("grant")), async (origin) => {
      const { id, shown } = await login(`${origin}/connect/gitlab`, "Ada of Grant");
      assertUser(shown.profile, id, "Ada of Grant");
    }));

  await check("grant tells that the user has cancelled", () =>
    running("grant", grant(app("grant")), async (origin) => {
      const { error } = json(await new Person("Ada").cancel(`${origin}/connect/gitlab`));
      assert.equal(error, "access_denied");
    }));

  await check("arctic logs a user in, and revokes the token", () =>
    running("arctic", arctic(app("arctic")), async (origin) => {
      const { id, shown } = await login(`${origin}/login`, "Ada of Arctic");
      assertUser(shown, id, "Ada of Arctic");
      assert.equal(shown.afterRevocation, 401);
    }));

  await check("simple-oauth2 logs a user in, and revokes the token", () =>
    running("simple_oauth2", simpleOAuth2(app("simple_oauth2")), async (origin) => {
      const { id, shown } = await login(`${origin}/login`, "Ada of Simple");
      assertUser(shown, id, "Ada of Simple");
      assert.equal(shown.expired, false);
      assert.equal(shown.afterRevocation, 401);
    }));

  await check("openid-client discovers Kriya, logs a user in among other scopes, introspects and revokes the token", () =>
    running("openid_client", openidClient(app("openid_client")), async (origin) => {
      const { id, shown } = await login(`${origin}/login`, "Ada of Client");
      assertUser(shown, id, "Ada of Client");
      assert.equal(shown.scope, "read_user");
      const { active, sub, client_id, token_type, scope, aud } = shown.introspected;
      assert.deepEqual(
        { active, sub, client_id, token_type, scope, aud },
        { active: true, sub: id, client_id: "app", token_type: "Bearer", scope: "read_user", aud: `${kriya}/api/v4/user` });
      assert.equal(shown.activeAfterRevocation, false);
      assert.equal(shown.refusal, "invalid_token");
    }));

  await check("openid-client tells that the user has cancelled", () =>
    running("openid_client", openidClient(app("openid_client")), async (origin) => {
      const { error } = json(await new Person("Ada").cancel(`${origin}/login`));
      assert.equal(error, "access_denied");
    }));

  await check("oauth4webapi logs a user in by PKCE and state, with a token for itself alone, and revokes it", () =>
    running("oauth4webapi", oauth4webapi(app("oauth4webapi"), gateway), async (origin) => {
      const { id, shown } = await login(`${origin}/login`, "Ada of Web");
      assertUser(shown, id, "Ada of Web");
      assert.equal(shown.active, true);
      // The gateway is another client, as which nobody can log in by this token.
      assert.deepEqual(shown.elsewhere, { active: false });
      assert.equal(shown.activeAfterRevocation, false);
    }));

  await check("oauth4webapi introspects a login token by the gateway's own credentials, in the header and in the form", async () => {
    const person = new Person("Ada of Gateway");
    const token = await person.loginToken(kriya);
    const client = { kriya, ...gateway };
    for (const authentication of [ClientSecretBasic, ClientSecretPost]) {
      const { active, sub, scope } = await introspect(client, token, authentication);
      assert.deepEqual({ active, sub, scope }, { active: true, sub: await person.id(), scope: "login" });
      assert.deepEqual(await introspect(client, `${token}x`, authentication), { active: false });
    }
  });
}
