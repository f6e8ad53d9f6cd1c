// openid-client, as in its example of OAuth 2.0: everything comes from the metadata.
import * as client from "openid-client";
import { relyingParty } from "./relying-party.mjs";

export default async function ({ kriya, id, secret, redirectUri }) {
  const config = await client.discovery(new URL(kriya), id, secret, undefined, {
    algorithm: "oauth2",
    execute: [client.allowInsecureRequests],
  });
  return relyingParty({
    redirectUri,
    begin: async () => {
      const verifier = client.randomPKCECodeVerifier();
      const parameters = {
        redirect_uri: redirectUri,
        scope: "openid profile email read_user",
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      };
      // By its documentation: state is for servers without PKCE.
      if (!config.serverMetadata().supportsPKCE()) {
        throw new Error("the metadata names no PKCE");
      }
      return { to: client.buildAuthorizationUrl(config, parameters), kept: verifier };
    },
    end: async (url, verifier) => {
      const tokens = await client.authorizationCodeGrant(config, url, { pkceCodeVerifier: verifier });
      const { access_token: token, scope } = tokens;
      const user = () => client.fetchUserInfo(config, token, client.skipSubjectCheck);
      const person = await user();
      const before = await client.tokenIntrospection(config, token);
      await client.tokenRevocation(config, token);
      const after = await client.tokenIntrospection(config, token);
      const refusal = await user().then(() => "none", (error) => error.cause?.[0]?.parameters?.error ?? error.message);
      return { ...person, scope, introspected: before, activeAfterRevocation: after.active, refusal };
    },
  });
}
