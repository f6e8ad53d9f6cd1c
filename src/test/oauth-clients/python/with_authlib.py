"""Authlib's integration of Flask, as in its documentation."""

import os
from urllib.parse import urlsplit

from authlib.integrations.flask_client import OAuth, OAuthError
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, jsonify, request

kriya = os.environ["KRIYA_URL"]
redirect_uri = os.environ["REDIRECT_AUTHLIB"]
client_id = os.environ["OAUTH_CLIENT_ID"]
client_secret = os.environ["OAUTH_CLIENT_SECRET"]

app = Flask(__name__)
app.secret_key = "a-secret-of-the-app"
oauth = OAuth(app)
gitlab = oauth.register(
    name="gitlab",
    client_id=client_id,
    client_secret=client_secret,
    access_token_url=f"{kriya}/oauth/token",
    authorize_url=f"{kriya}/oauth/authorize",
    api_base_url=f"{kriya}/api/v4/",
    client_kwargs={"scope": "read_user"},
)


@app.route("/login")
def login():
    return gitlab.authorize_redirect(redirect_uri)


@app.route("/callback")
def callback():
    token = gitlab.authorize_access_token()
    user = gitlab.get("user", token=token).json()
    session = OAuth2Session(client_id, client_secret, token=token)
    endpoint = f"{kriya}/oauth/introspect"
    before = session.introspect_token(endpoint, token=token["access_token"]).json()
    session.revoke_token(f"{kriya}/oauth/revoke", token=token["access_token"])
    after = session.introspect_token(endpoint, token=token["access_token"]).json()
    return jsonify(user, before["active"], after["active"])


@app.errorhandler(OAuthError)
def refused(error):
    return jsonify(error=error.error, description=error.description, query=request.args), 400


if __name__ == "__main__":
    app.run(port=urlsplit(redirect_uri).port)
