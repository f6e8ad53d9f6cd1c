"""Phone verification with the client that openapi-generator generates for Python."""

import os
import random
import urllib.request
import uuid
from datetime import datetime, timezone

from kriya_client import (
    ApiClient,
    ApiException,
    Configuration,
    PeopleApi,
    PlaneApi,
    Problem,
    RegisterRequest,
    ResendRequest,
    ValidateTokenRequest,
    VerificationResponse,
    VerifyRequest,
)

url = os.environ["KRIYA_URL"]
phones = os.environ["KRIYA_PHONES"]


def client(**settings):
    return ApiClient(Configuration(host=url, **settings))


def problem(call, request):
    try:
        call(request)
    except ApiException as error:
        return Problem.from_json(error.body)
    raise AssertionError("It was not refused.")


def code_of(number, query=""):
    with urllib.request.urlopen(f"{phones}/{number}{query}") as answer:
        return answer.read().decode()


people = PeopleApi(client())
plane = PlaneApi(client(api_key={"apiKey": os.environ["KRIYA_KEY"]}))

number = f"+1202{random.randint(2_000_000, 9_999_999)}"
answer = people.register(
    RegisterRequest(phone_number=number, first_name="Ada"),
    accept_language="es",
    idempotency_key=str(uuid.uuid4()),
).actual_instance
assert isinstance(answer, VerificationResponse), answer
verification = answer.verification

early = problem(people.resend, ResendRequest(verification_id=verification.id))
assert early.code == "resend_too_early" and isinstance(early.retry_at, datetime), early
code_of(number, "?later")
resent = people.resend(ResendRequest(verification_id=verification.id))
assert resent.verification.resend_at > verification.resend_at

code = code_of(number)
wrong = f"{(int(code) + 1) % 1_000_000:06}"
refused = problem(people.verify, VerifyRequest(verification_id=verification.id, code=wrong))
assert refused.code == "wrong_code" and refused.attempts_left == 4, refused
verified = people.verify(VerifyRequest(verification_id=verification.id, code=code))
assert verified.expires_at > datetime.now(timezone.utc)

valid = plane.validate_token(ValidateTokenRequest(token=verified.token))
assert valid.valid and valid.user.phone_number == number, valid

person = PeopleApi(client(access_token=verified.token))
user = person.get_user()
assert user == verified.user and user.email is None, user
assert person.logout().success
over = plane.validate_token(ValidateTokenRequest(token=verified.token))
assert not over.valid and over.user is None, over
print("ok: openapi-generator's client for Python registers, verifies, validates and logs out")
