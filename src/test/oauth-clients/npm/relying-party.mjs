// An app of two routes: "/login" redirects to Kriya, and the redirect URI shows what the client made of the answer.
import { createServer } from "node:http";

/**
 * "begin" returns the URL to redirect to, and what to keep until the callback; "end" gets the callback's URL and what was
 * kept, and returns what to show.
 */
export function relyingParty({ redirectUri, begin, end }) {
  return createServer(async (request, response) => {
    const url = new URL(request.url, redirectUri);
    try {
      if (url.pathname === "/login") {
        const { to, kept } = await begin();
        const cookie = `kept=${Buffer.from(JSON.stringify(kept)).toString("base64url")}; Path=/; HttpOnly`;
        response.writeHead(302, { Location: String(to), "Set-Cookie": cookie }).end();
      } else if (url.pathname === new URL(redirectUri).pathname) {
        const [, kept] = /kept=([\w-]+)/.exec(request.headers.cookie ?? "") ?? [];
        show(response, 200, await end(url, JSON.parse(Buffer.from(kept, "base64url").toString())));
      } else {
        show(response, 404, {});
      }
    } catch (error) {
      show(response, 400, { error: error.error ?? error.code ?? error.name, message: error.message, cause: describe(error) });
    }
  });
}

export function show(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function describe(error) {
  const details = error.description ?? error.error_description ?? error.cause;
  return details instanceof URLSearchParams ? Object.fromEntries(details) : details instanceof Error ? details.message : details;
}
