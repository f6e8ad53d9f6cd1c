// grant with its provider "gitlab", for Express.
import express from "express";
import session from "express-session";
import grant from "grant";
import { createServer } from "node:http";

export default function ({ kriya, id, secret, redirectUri }) {
  const app = express();
  app.use(session({ secret: "grant", resave: false, saveUninitialized: true }));
  app.use(
    grant.express({
      defaults: { origin: new URL(redirectUri).origin, transport: "session", state: true },
      gitlab: {
        key: id,
        secret,
        scope: ["read_user"],
        authorize_url: `${kriya}/oauth/authorize`,
        access_url: `${kriya}/oauth/token`,
        profile_url: `${kriya}/api/v4/user`,
        response: ["tokens", "profile"],
        callback: "/hello",
      },
    }),
  );
  app.get("/hello", (request, response) => response.json(request.session.grant.response));
  return createServer(app);
}
