// The gateways of docs/other-clients.md, each with the configuration that the page shows.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gateway, kriya } from "./app.mjs";
import { check } from "./check.mjs";
import { Person } from "./person.mjs";
import { freePort, start } from "./processes.mjs";

const here = import.meta.dirname;
const apacheModules = "/usr/lib/apache2/modules";
const njs = "/usr/lib/nginx/modules/ngx_http_js_module.so";

/** What is behind a gateway: it shows who the gateway says is there. */
const app = createServer((request, response) => response.end(request.headers["x-user"] ?? "nobody"));
await new Promise((resolve) => app.listen(0, "127.0.0.1", resolve));
app.unref();

const blocks = [...readFileSync("docs/other-clients.md", "utf8").matchAll(/^```(apache|nginx|js)\n(.*?)^```/gms)];

/** The block with this text, with this server's values in place of the example's. */
function configuration(language, text) {
  const found = blocks.filter(([, name, block]) => name === language && block.includes(text));
  assert.equal(found.length, 1, `blocks of ${language} with ${text}`);
  return found[0][2]
    .replaceAll("https://login.example.com", kriya)
    .replaceAll("http://127.0.0.1:3000", `http://127.0.0.1:${app.address().port}`)
    .replaceAll("the-form-encoded-secret", encodeURIComponent(gateway.secret))
    .replaceAll("the-secret", gateway.secret)
    .replaceAll("the-credentials", Buffer.from(`${gateway.id}:${gateway.secret}`).toString("base64"));
}

function folder(name) {
  mkdirSync(`${here}/${name}`, { recursive: true, mode: 0o755 });
  return `${here}/${name}`;
}

async function apache(module, text, more = "") {
  const port = await freePort();
  const path = folder(module);
  const modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy", "proxy_http", module]
    .map((name) => `LoadModule ${name}_module ${apacheModules}/mod_${name}.so`);
  writeFileSync(
    `${path}/apache.conf`,
    `${modules.join("\n")}
ServerRoot ${path}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${path}/pid
DefaultRuntimeDir ${path}
ErrorLog ${path}/error.log
User www-data
Group www-data
${more}
${configuration("apache", text)}`);
  return { origin: `http://127.0.0.1:${port}`, ...start(port, "apache2", ["-DFOREGROUND", "-f", `${path}/apache.conf`]) };
}

async function nginx() {
  const port = await freePort();
  const path = folder("nginx");
  writeFileSync(`${path}/introspection.js`, configuration("js", "introspection"));
  writeFileSync(
    `${path}/nginx.conf`,
    `load_module ${njs};
daemon off;
pid ${path}/pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${path}/body;
  proxy_temp_path ${path}/proxy;
  fastcgi_temp_path ${path}/fastcgi;
  uwsgi_temp_path ${path}/uwsgi;
  scgi_temp_path ${path}/scgi;
  js_import introspection from ${path}/introspection.js;
  server {
    listen 127.0.0.1:${port};
${configuration("nginx", "introspection")}
    location /by-the-user-route {
      auth_request /_user;
      proxy_pass http://127.0.0.1:${app.address().port};
    }
    location = /_user {
      internal;
      proxy_pass ${kriya}/api/auth/user;
    }
  }
}
`);
  return { origin: `http://127.0.0.1:${port}`, ...start(port, "nginx", ["-c", `${path}/nginx.conf`]) };
}

/** That it lets a login token in, until so many seconds after its logout, and nothing else. */
async function assertGateway({ origin, ready }, lag = 0) {
  await ready;
  const person = new Person("Ada of Gateways");
  const token = await person.loginToken(kriya);
  const get = (path, value) => fetch(origin + path, { headers: value ? { Authorization: `Bearer ${value}` } : {} });
  const answer = await get("/", token);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  assert.equal(text, await person.id());
  const headers = { Authorization: `Bearer ${token}`, "X-User": "somebody-else" };
  const posted = await fetch(origin, { method: "POST", headers, body: "a=b" });
  assert.deepEqual([posted.status, await posted.text()], [200, text]);
  for (const wrong of [undefined, "kriya_00000000-0000-4000-8000-000000000000"]) {
    const refused = await get("/", wrong);
    assert.equal(refused.status, 401, `${wrong}`);
    assert.match(refused.headers.get("www-authenticate"), /^Bearer/);
  }
  const logout = await fetch(`${kriya}/api/auth/logout`, { method: "DELETE", headers: { Authorization: `Bearer ${token}` } });
  assert.equal(logout.status, 200);
  for (let seconds = 0; seconds < lag + 2; seconds++) {
    if ((await get("/", token)).status === 401) {
      return;
    }
    await sleep(1_000);
  }
  throw new Error(`lets the token in ${lag} seconds after the logout`);
}

const modOAuth2 = await apache("oauth2", "AuthType oauth2\n");
const modAuthOpenidc = await apache("auth_openidc", "AuthType oauth20");
const withNjs = existsSync(njs) && (await nginx());

export default async function () {
  const checks = [
    check("mod_oauth2 lets a login token in by introspection, until its logout", () => assertGateway(modOAuth2, 10)),
    check("mod_auth_openidc lets a login token in by introspection, until its logout", () => assertGateway(modAuthOpenidc, 10)),
  ];
  if (withNjs) {
    checks.push(
      check("nginx lets a login token in by introspection, until its logout", () => assertGateway(withNjs)),
      check("nginx takes the answer of GET /api/auth/user without a token for a fault", async () => {
        await withNjs.ready;
        assert.equal((await fetch(`${withNjs.origin}/by-the-user-route`)).status, 500);
      }));
  } else {
    console.log("LEFT OUT: nginx, which has no module njs here");
  }
  await Promise.all(checks);
}
