import { IAMClient } from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { sessionCutoffStore } from "../../src/aws/session-cutoff-store";
import { type Cutoff, withCutoff, withoutCutoff } from "../../src/policies/cutoff";
import { readSessionCutoff, sessionCutoffDocument } from "../../src/policies/session-cutoff-policy";
import { FakeResponseIam, fault } from "../support/fake-response-iam";

const ARN = "arn:aws:iam::111122223333:policy/baseline/baseline-session-cutoff";
const NOW = new Date("2026-11-25T03:00:00Z");
const mock = mockClient(IAMClient);
const cut = (userName: string): Cutoff => ({ userName, before: new Date("2026-11-25T03:01:00Z") });

function storeOf(iam: FakeResponseIam) {
  mock.reset();
  iam.mount(mock);
  return sessionCutoffStore(new IAMClient({ region: "us-east-1" }), ARN, () => NOW);
}
const add = (userName: string) => (cutoffs: readonly Cutoff[]) => withCutoff(cutoffs, cut(userName), NOW);
const namesIn = (iam: FakeResponseIam) => readSessionCutoff(iam.document)?.map(({ userName }) => userName);

test("a cutoff is written as the version in force", async () => {
  const iam = new FakeResponseIam({});
  const state = await storeOf(iam).change(add("laptop"));
  expect(state).toEqual({ cutoffs: [cut("laptop")], isForeign: false });
  expect([iam.default, namesIn(iam)]).toEqual(["v2", ["laptop"]]);
});

test("makes room where IAM keeps five versions: the oldest goes, never the one in force", async () => {
  const iam = new FakeResponseIam({});
  const store = storeOf(iam);
  for (const name of ["a", "b", "c", "d", "e", "f"]) await store.change(add(name));
  expect(iam.versions.map(({ id }) => id)).toEqual(["v3", "v4", "v5", "v6", "v7"]);
  expect(namesIn(iam)).toEqual(["a", "b", "c", "d", "e", "f"]);
});

test("what somebody writes meanwhile is kept, however the two meet", async () => {
  for (const moment of ["GetPolicy", "GetPolicyVersion", "CreatePolicyVersion"]) {
    const iam = new FakeResponseIam({});
    let others = 0;
    iam.after = (call) => {
      if (call !== moment || moment === "CreatePolicyVersion" || others > 0) return;
      others += 1;
      iam.write(JSON.stringify(sessionCutoffDocument([cut("home")])));
    };
    iam.before = (call) => {
      if (call !== moment || moment !== "CreatePolicyVersion" || others > 0) return;
      others += 1;
      iam.write(JSON.stringify(sessionCutoffDocument([cut("home")])));
    };
    await storeOf(iam).change(add("laptop"));
    expect([moment, others, namesIn(iam)]).toEqual([moment, 1, ["home", "laptop"]]);
  }
});

test("four writers at once lose nothing", async () => {
  const iam = new FakeResponseIam({});
  // every writer has read before any has written
  let reading = 0;
  let go: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    go = resolve;
  });
  iam.before = async (call) => {
    if (call !== "CreatePolicyVersion" || reading >= 4) return;
    reading += 1;
    if (reading === 4) go();
    await all;
  };
  const store = storeOf(iam);
  await Promise.all(["a", "b", "c", "d"].map((name) => store.change(add(name))));
  expect(namesIn(iam)).toEqual(["a", "b", "c", "d"]);
});

test("what somebody else has put into the policy is written over, and told", async () => {
  const iam = new FakeResponseIam({});
  iam.write(
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
  );
  const store = storeOf(iam);
  expect((await store.read()).isForeign).toBe(true);
  expect(await store.change(add("laptop"))).toEqual({ cutoffs: [cut("laptop")], isForeign: true });
  expect(namesIn(iam)).toEqual(["laptop"]);
});

test("lifting leaves the others' in force", async () => {
  const iam = new FakeResponseIam({});
  const store = storeOf(iam);
  await store.change(add("laptop"));
  await store.change(add("home"));
  await store.change((cutoffs) => withoutCutoff(cutoffs, "laptop", NOW));
  expect(namesIn(iam)).toEqual(["home"]);
});

test("a refused write is an error, not a cutoff", async () => {
  const iam = new FakeResponseIam({});
  iam.before = (call) => {
    if (call === "CreatePolicyVersion") throw fault("AccessDenied");
  };
  await expect(storeOf(iam).change(add("laptop"))).rejects.toThrow("AccessDenied");
  expect(namesIn(iam)).toEqual([]);
});
