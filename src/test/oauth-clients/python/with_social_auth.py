"""python-social-auth's GitLab backend in an app of Django, with the settings that its documentation names."""

import os
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.http import JsonResponse
from django.urls import include, path

redirect_uri = os.environ["REDIRECT_SOCIAL_AUTH"]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="a-secret-of-the-app",
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["SOCIAL_AUTH_DATABASE"]}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "social_django",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "social_django.middleware.SocialAuthExceptionMiddleware",
    ],
    AUTHENTICATION_BACKENDS=["social_core.backends.gitlab.GitLabOAuth2"],
    LOGIN_REDIRECT_URL="/me",
    SOCIAL_AUTH_LOGIN_ERROR_URL="/refused",
    SOCIAL_AUTH_GITLAB_KEY=os.environ["OAUTH_CLIENT_ID"],
    SOCIAL_AUTH_GITLAB_SECRET=os.environ["OAUTH_CLIENT_SECRET"],
    SOCIAL_AUTH_GITLAB_API_URL=os.environ["SOCIAL_AUTH_SERVER"],
)
django.setup()


def me(request):
    user = request.user
    account = user.social_auth.get()
    return JsonResponse(
        {"provider": account.provider, "id": account.uid, "name": user.first_name, "email": user.email}
    )


def refused(request):
    return JsonResponse({"refused": True})


urlpatterns = [
    path("", include("social_django.urls", namespace="social")),
    path("me", me),
    path("refused", refused),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("runserver", f"127.0.0.1:{urlsplit(redirect_uri).port}", use_reloader=False)
