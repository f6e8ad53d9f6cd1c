// Phone verification with the client that openapi-generator generates for TypeScript's fetch.
import assert from "node:assert/strict";
import { Configuration, PeopleApi, PlaneApi, ProblemFromJSON, ResponseError, type Problem } from "./fetch/index.js";
import { codeOf, key, later, newNumber, url, wrong } from "./phone.js";

const people = new PeopleApi(new Configuration({ basePath: url }));
const plane = new PlaneApi(new Configuration({ basePath: url, apiKey: key }));

async function problem(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    assert(error instanceof ResponseError);
    return ProblemFromJSON(await error.response.json());
  }
  throw new Error("It was not refused.");
}

const number = newNumber();
const answer = await people.register({
  registerRequest: { phoneNumber: number, firstName: "Ada" },
  acceptLanguage: "es",
  idempotencyKey: crypto.randomUUID(),
});
assert(answer.message === "Verification code sent");
// Only one of the two response types has it, and the compiler has narrowed it down by now.
const { id, resendAt } = answer.verification;

const early = await problem(people.resend({ resendRequest: { verificationId: id } }));
assert.equal(early.code, "resend_too_early");
assert(early.retryAt instanceof Date);
await later(number);
const resent = await people.resend({ resendRequest: { verificationId: id } });
assert(resent.verification.resendAt > resendAt);

const code = await codeOf(number);
const refused = await problem(people.verify({ verifyRequest: { verificationId: id, code: wrong(code) } }));
assert.equal(refused.code, "wrong_code");
assert.equal(refused.attemptsLeft, 4);
const { token, user, expiresAt } = await people.verify({ verifyRequest: { verificationId: id, code } });
assert(expiresAt > new Date());

const valid = await plane.validateToken({ validateTokenRequest: { token } });
assert(valid.valid);
assert.equal(valid.user?.phoneNumber, number);

const person = new PeopleApi(new Configuration({ basePath: url, accessToken: token }));
assert.deepEqual(await person.getUser(), user);
assert.equal(user.email, null);
assert((await person.logout()).success);
const over = await plane.validateToken({ validateTokenRequest: { token } });
assert(!over.valid);
assert.equal(over.user, null);
console.log("ok: openapi-generator's client for TypeScript registers, verifies, validates and logs out");
