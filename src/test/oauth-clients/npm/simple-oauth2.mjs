import { randomUUID } from "node:crypto";
import { AuthorizationCode } from "simple-oauth2";
import { relyingParty } from "./relying-party.mjs";

export default function ({ kriya, id, secret, redirectUri }) {
  const client = new AuthorizationCode({ client: { id, secret }, auth: { tokenHost: kriya } });
  return relyingParty({
    redirectUri,
    begin: () => {
      const state = randomUUID();
      return { to: client.authorizeURL({ redirect_uri: redirectUri, scope: "read_user", state }), kept: state };
    },
    end: async (url) => {
      const code = url.searchParams.get("code");
      const accessToken = await client.getToken({ code, redirect_uri: redirectUri, scope: "read_user" });
      const headers = { Authorization: `Bearer ${accessToken.token.access_token}` };
      const person = await (await fetch(`${kriya}/api/v4/user`, { headers })).json();
      await accessToken.revoke("access_token");
      const { status } = await fetch(`${kriya}/api/v4/user`, { headers });
      return { ...person, expired: accessToken.expired(), afterRevocation: status };
    },
  });
}
