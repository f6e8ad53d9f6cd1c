import assert from "node:assert/strict";
import { assertUser, json, kriya, login, query, redirectOf } from "./app.mjs";
import { check } from "./check.mjs";
import { Person } from "./person.mjs";
import { start } from "./processes.mjs";

// The system's Python: another one on the PATH may lack Debian's packages.
const python = "/usr/bin/python3";
const here = import.meta.dirname;

function client(name, variables) {
  const { origin, port } = new URL(redirectOf(name));
  return { origin, ...start(port, python, [`${here}/python/with_${name}.py`], variables) };
}

const authlib = client("authlib");
const requests = client("requests_oauthlib");
const socialAuth = client("social_auth", {
  SOCIAL_AUTH_DATABASE: `${here}/social.sqlite`,
  SOCIAL_AUTH_SERVER: query,
});

export default async function () {
  await check("Authlib logs a user in, introspects and revokes the token", async () => {
    await authlib.ready;
    const { id, shown } = await login(`${authlib.origin}/login`, "Ada of Authlib");
    const [user, before, after] = shown;
    assertUser(user, id, "Ada of Authlib");
    assert.deepEqual([before, after], [true, false]);
  });

  await check("Authlib tells that the user has cancelled", async () => {
    await authlib.ready;
    const { error, description } = json(await new Person("Ada").cancel(`${authlib.origin}/login`));
    assert.deepEqual([error, description], ["access_denied", "The user has cancelled."]);
  });

  await check("requests-oauthlib logs a user in", async () => {
    await requests.ready;
    const { id, shown } = await login(`${requests.origin}/login`, "Ada of Requests");
    assertUser(shown, id, "Ada of Requests");
  });

  await check("requests-oauthlib tells that the user has cancelled", async () => {
    await requests.ready;
    const { error } = json(await new Person("Ada").cancel(`${requests.origin}/login`));
    assert.equal(error, "access_denied");
  });

  await check("python-social-auth logs a user in with OAUTH_TOKEN_IN_QUERY, and gets a number with GITLAB_NUMERIC_ID", async () => {
    await socialAuth.ready;
    const { id, shown } = await login(`${socialAuth.origin}/login/gitlab/`, "Ada of Social");
    assert.match(shown.id, /^[1-9][0-9]{0,15}$/);
    assert.deepEqual(shown, { provider: "gitlab", id: shown.id, name: "Ada", email: `${id}@kriya.local` });
  });

  await check("python-social-auth shows its page of errors when the user has cancelled", async () => {
    await socialAuth.ready;
    const { refused } = json(await new Person("Ada").cancel(`${socialAuth.origin}/login/gitlab/`));
    assert(refused);
  });
}
