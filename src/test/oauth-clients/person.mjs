// A person at a browser without scripts, with a phone.
import assert from "node:assert/strict";

const phones = process.env.KRIYA_PHONES;

const unescaped = (html) =>
  html.replace(/&quot;/g, '"').replace(/&#0?39;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

export class Person {
  number = `+1202${2_000_000 + Math.floor(Math.random() * 8_000_000)}`;
  #cookies = new Map();

  constructor(name) {
    this.name = name;
  }

  /** Follows redirects to the page at their end. */
  async open(url, form) {
    for (let redirects = 0; redirects < 12; redirects++) {
      const response = await fetch(url, {
        method: form ? "POST" : "GET",
        body: form,
        headers: { Cookie: [...this.#cookies].map((cookie) => cookie.join("=")).join("; "), "Accept-Language": "en" },
        redirect: "manual",
        signal: AbortSignal.timeout(20_000),
      });
      this.#keep(response.headers.getSetCookie());
      const location = response.headers.get("location");
      if (!location) {
        this.page = { url: String(url), status: response.status, headers: response.headers, text: await response.text() };
        return this.page;
      }
      await response.arrayBuffer();
      url = new URL(location, url);
      this.lastRedirect = url;
      form = undefined;
    }
    throw new Error(`too many redirects, the last one to ${url}`);
  }

  #keep(cookies) {
    for (const cookie of cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/max-age=0|expires=thu, 01[ -]jan[ -]1970/i.test(cookie)) {
        this.#cookies.delete(name);
      } else {
        this.#cookies.set(name, value);
      }
    }
  }

  /** Fills in the page's form whose action has this path, and sends it. */
  async submit(path, field, value) {
    for (const [, tag, content] of this.page.text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
      const action = new URL(unescaped(/ action="([^"]*)"/.exec(tag)?.[1] ?? ""), this.page.url);
      if (action.pathname === path) {
        const form = new URLSearchParams();
        for (const [, name, hidden] of content.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
          form.set(name, unescaped(hidden));
        }
        if (field) {
          form.set(field, value);
        }
        return this.open(action, form);
      }
    }
    throw new Error(`no form to ${path} at ${this.page.url}: ${this.page.status} ${this.page.text}`);
  }

  /** Goes through the login page, on which a client has put this person, and back to the client. */
  async verify() {
    await this.submit("/oauth/authorize", "phone_number", this.number);
    await this.submit("/oauth/authorize/code", "code", await this.#phone());
    return this.submit("/oauth/authorize/name", "name", this.name);
  }

  async logIn(url) {
    await this.open(url);
    return this.verify();
  }

  async cancel(url) {
    await this.open(url);
    const [, link] = /href="([^"]*\/oauth\/authorize\/cancel[^"]*)"/.exec(this.page.text) ?? [];
    assert(link, `no link to cancel at ${this.page.url}: ${this.page.status} ${this.page.text}`);
    return this.open(new URL(unescaped(link), this.page.url));
  }

  /** What a front end gets from the API for this person. */
  async loginToken(kriya) {
    const post = async (path, body) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(kriya + path, { method: "POST", headers, body: JSON.stringify(body) });
      assert(response.ok, `${response.status} of ${path}`);
      return response.json();
    };
    const { verification } = await post("/api/auth/register", { phone_number: this.number, first_name: this.name });
    const code = await this.#phone();
    return (await post("/api/auth/verify", { verification_id: verification.id, code })).token;
  }

  /** The id that Kriya has for this person. */
  async id() {
    return this.#phone("?user");
  }

  async #phone(query = "") {
    return (await fetch(`${phones}/${this.number}${query}`)).text();
  }
}
