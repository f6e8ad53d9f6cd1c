import { GitLab, generateState } from "arctic";
import { relyingParty } from "./relying-party.mjs";

export default function ({ kriya, id, secret, redirectUri }) {
  const gitlab = new GitLab(kriya, id, secret, redirectUri);
  return relyingParty({
    redirectUri,
    begin: () => {
      const state = generateState();
      return { to: gitlab.createAuthorizationURL(state, ["read_user"]), kept: state };
    },
    end: async (url, state) => {
      if (url.searchParams.get("state") !== state) {
        throw new Error("wrong state");
      }
      if (url.searchParams.has("error")) {
        return { refused: url.searchParams.get("error") };
      }
      const token = (await gitlab.validateAuthorizationCode(url.searchParams.get("code"))).accessToken();
      const user = () => fetch(`${kriya}/api/v4/user`, { headers: { Authorization: `Bearer ${token}` } });
      const person = await (await user()).json();
      await gitlab.revokeToken(token);
      return { ...person, afterRevocation: (await user()).status };
    },
  });
}
