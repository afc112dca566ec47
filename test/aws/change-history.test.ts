import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { mockClient } from "aws-sdk-client-mock";
import { changeHistory } from "../../src/aws/change-history";

const mock = mockClient(CloudTrailClient);
const client = new CloudTrailClient({ region: "us-east-1" });
const AT = new Date("2026-11-22T08:47:00Z");
const ALICE = "arn:aws:iam::111122223333:user/alice";
const event = (EventName: string, more: object = {}) => ({
  EventName,
  EventTime: AT,
  Username: "alice",
  CloudTrailEvent: JSON.stringify({ userIdentity: { arn: ALICE }, ...more }),
});

let slept: number[];
const history = (maxLookups?: number) =>
  changeHistory(client, {
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
    ...(maxLookups !== undefined && { maxLookups }),
  });

beforeEach(() => {
  mock.reset();
  slept = [];
});

test("names who made the last such call, over others and over failed ones", async () => {
  mock.on(LookupEventsCommand).resolves({
    Events: [
      event("GetUser"),
      event("AttachUserPolicy", { errorCode: "AccessDenied" }),
      event("AttachUserPolicy"),
    ],
  });
  expect(await history().lastChange("work", ["AttachUserPolicy"])).toEqual({
    by: ALICE,
    at: AT,
    event: "AttachUserPolicy",
  });
});

test("goes on to the next page", async () => {
  mock
    .on(LookupEventsCommand)
    .resolvesOnce({ Events: [event("GetUser")], NextToken: "1" })
    .resolvesOnce({ Events: [event("CreateUser")] });
  expect(await history().lastChange("intruder", ["CreateUser"])).toMatchObject({ by: ALICE });
});

test("asks by the event where the resource has no name", async () => {
  mock.on(LookupEventsCommand).resolves({ Events: [event("UpdateAccountPasswordPolicy")] });
  await history().lastChange(undefined, ["UpdateAccountPasswordPolicy"]);
  expect(mock.commandCalls(LookupEventsCommand)[0]?.args[0].input.LookupAttributes).toEqual([
    { AttributeKey: "EventName", AttributeValue: "UpdateAccountPasswordPolicy" },
  ]);
});

test("asks at most twice a second", async () => {
  mock.on(LookupEventsCommand).resolves({ Events: [] });
  const asked = history();
  await asked.lastChange("a", ["CreateUser"]);
  await asked.lastChange("b", ["CreateUser"]);
  expect(slept).toEqual([600]);
});

test("a refusal is not known, and ends the asking", async () => {
  mock.on(LookupEventsCommand).rejects(new Error("not authorized"));
  const asked = history();
  expect(await asked.lastChange("a", ["CreateUser"])).toEqual({
    notKnown: expect.stringContaining("not authorized"),
  });
  await asked.lastChange("b", ["CreateUser"]);
  expect(mock.commandCalls(LookupEventsCommand)).toHaveLength(1);
});

test.each([
  ["nothing was recorded", { Events: [] }, undefined, "tells of no such call"],
  ["too much is asked", { Events: [] }, 0, "more than 0 lookups"],
])("is not known where %s", async (_why, answer, maxLookups, words) => {
  mock.on(LookupEventsCommand).resolves(answer);
  expect(await history(maxLookups).lastChange("a", ["CreateUser"])).toEqual({
    notKnown: expect.stringContaining(words),
  });
});

test("an event that is no JSON is told by its user name", async () => {
  mock.on(LookupEventsCommand).resolves({ Events: [{ ...event("CreateUser"), CloudTrailEvent: "{" }] });
  expect(await history().lastChange("a", ["CreateUser"])).toMatchObject({ by: "alice" });
});
