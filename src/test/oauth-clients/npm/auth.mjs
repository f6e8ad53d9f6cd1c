// Auth.js by its own package, with its GitLab provider.
import { Auth } from "@auth/core";
import GitLab from "@auth/core/providers/gitlab";
import { createServer } from "node:http";

export default function ({ kriya, id, secret, redirectUri }, options = {}) {
  const accounts = [];
  const config = {
    providers: [GitLab({ baseUrl: kriya, clientId: id, clientSecret: secret, ...options })],
    secret: "a-secret-of-the-app-that-signs-its-cookies",
    trustHost: true,
    events: { signIn: ({ account }) => void accounts.push(account.providerAccountId) },
    logger: { error: (error) => (server.lastError = error) },
  };
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const answer = await Auth(
      new Request(new URL(request.url, redirectUri), {
        method: request.method,
        headers: request.headers,
        body: chunks.length ? Buffer.concat(chunks) : undefined,
      }),
      config,
    );
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(await answer.text());
  });
  return Object.assign(server, { accounts });
}
