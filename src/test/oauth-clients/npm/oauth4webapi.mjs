import * as oauth from "oauth4webapi";
import { relyingParty } from "./relying-party.mjs";

export { ClientSecretBasic, ClientSecretPost } from "oauth4webapi";

const insecure = { [oauth.allowInsecureRequests]: true };

/** Any client may ask, with the credentials of its own. */
export async function introspect({ kriya, id, secret }, token, authentication = oauth.ClientSecretBasic) {
  const server = await discover(kriya);
  const client = { client_id: id };
  const response = await oauth.introspectionRequest(server, client, authentication(secret), token, insecure);
  return oauth.processIntrospectionResponse(server, client, response);
}

async function discover(kriya) {
  const issuer = new URL(kriya);
  const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
  return oauth.processDiscoveryResponse(issuer, response);
}

export default async function ({ kriya, id, secret, redirectUri }, gateway) {
  const server = await discover(kriya);
  const client = { client_id: id };
  const authentication = oauth.ClientSecretBasic(secret);
  return relyingParty({
    redirectUri,
    begin: async () => {
      const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
      const to = new URL(server.authorization_endpoint);
      to.search = new URLSearchParams({
        client_id: id,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: "read_user",
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
      });
      return { to, kept: { verifier, state } };
    },
    end: async (url, { verifier, state }) => {
      const parameters = oauth.validateAuthResponse(server, client, url, state);
      const granted = await oauth.authorizationCodeGrantRequest(
        server, client, authentication, parameters, redirectUri, verifier, insecure);
      const { access_token: token } = await oauth.processAuthorizationCodeResponse(server, client, granted);
      const user = () => oauth.userInfoRequest(server, client, token, insecure);
      const person = await oauth.processUserInfoResponse(server, client, oauth.skipSubjectCheck, await user());
      const app = { kriya, id, secret };
      const { active } = await introspect(app, token);
      const elsewhere = await introspect({ kriya, ...gateway }, token);
      const revoked = await oauth.revocationRequest(server, client, authentication, token, insecure);
      await oauth.processRevocationResponse(revoked);
      return { ...person, active, elsewhere, activeAfterRevocation: (await introspect(app, token)).active };
    },
  });
}
