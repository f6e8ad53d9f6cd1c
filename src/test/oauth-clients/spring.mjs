import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { assertUser, kriya, login, redirectOf } from "./app.mjs";
import { check } from "./check.mjs";
import { Person } from "./person.mjs";
import { start } from "./processes.mjs";

const here = import.meta.dirname;
const { origin, port } = new URL(redirectOf("spring"));
const classpath = `${here}/spring/target/classes:${readFileSync(`${here}/spring/classpath`, "utf8").trim()}`;
const spring = start(
  port,
  `${process.env.JAVA_HOME}/bin/java`,
  ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classpath, "app.App", `--server.port=${port}`]);

export default async function () {
  await check("Spring Security logs a user in", async () => {
    await spring.ready;
    const { id, shown } = await login(`${origin}/me`, "Ada of Spring");
    assertUser(shown, id, "Ada of Spring");
  });

  await check("Spring Security shows its page of errors when the user has cancelled", async () => {
    await spring.ready;
    const page = await new Person("Ada").cancel(`${origin}/me`);
    assert.equal(new URL(page.url).search, "?error");
    assert.match(page.text, /Invalid credentials/);
  });

  await check("Spring Security lets a login token in by introspection, until its logout", async () => {
    await spring.ready;
    const person = new Person("Ada of Spring");
    const headers = { Authorization: `Bearer ${await person.loginToken(kriya)}` };
    const api = (headers) => fetch(`${origin}/api/me`, { headers });
    assert.equal(await (await api(headers)).text(), await person.id());
    assert.equal((await api({})).status, 401);
    assert.equal((await fetch(`${kriya}/api/auth/logout`, { method: "DELETE", headers })).status, 200);
    const over = await api(headers);
    assert.equal(over.status, 401);
    assert.match(over.headers.get("www-authenticate"), /invalid_token/);
  });
}
