"""requests-oauthlib in an app of Flask, as in its documentation."""

import os
from urllib.parse import urlsplit

from flask import Flask, jsonify, redirect, request, session
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

kriya = os.environ["KRIYA_URL"]
redirect_uri = os.environ["REDIRECT_REQUESTS_OAUTHLIB"]
client_id = os.environ["OAUTH_CLIENT_ID"]

# Its documentation names it for tests without TLS.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

app = Flask(__name__)
app.secret_key = "a-secret-of-the-app"


@app.route("/login")
def login():
    gitlab = OAuth2Session(client_id, redirect_uri=redirect_uri, scope=["read_user"])
    url, state = gitlab.authorization_url(f"{kriya}/oauth/authorize")
    session["state"] = state
    return redirect(url)


@app.route("/callback")
def callback():
    gitlab = OAuth2Session(client_id, redirect_uri=redirect_uri, state=session["state"])
    gitlab.fetch_token(
        f"{kriya}/oauth/token",
        client_secret=os.environ["OAUTH_CLIENT_SECRET"],
        authorization_response=request.url,
    )
    return jsonify(gitlab.get(f"{kriya}/api/v4/user").json())


@app.errorhandler(OAuth2Error)
def refused(error):
    return jsonify(error=error.error, description=error.description), 400


if __name__ == "__main__":
    app.run(port=urlsplit(redirect_uri).port)
