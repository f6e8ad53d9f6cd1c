// passport-gitlab2, as in its README.
import express from "express";
import passport from "passport";
import GitLabStrategy from "passport-gitlab2";
import { createServer } from "node:http";

export default function ({ kriya, id, secret, redirectUri }) {
  const strategy = new GitLabStrategy(
    { clientID: id, clientSecret: secret, callbackURL: redirectUri, baseURL: kriya },
    (accessToken, refreshToken, profile, done) => done(null, profile),
  );
  const authenticate = passport.authenticate(strategy, { session: false });
  const app = express();
  app.get("/auth/gitlab", authenticate);
  app.get("/auth/gitlab/callback", authenticate, (request, response) => response.json(request.user));
  app.use((error, request, response, next) =>
    response.status(400).json({ error: error.code ?? error.name, message: error.message }));
  return createServer(app);
}
