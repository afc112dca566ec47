import { environments } from "../shipped";
import { type SynthesizedProject, synthesizedProject } from "../support/synthesized-project";

/** A value that an option does not take: one line with the option, what was expected and got, and a remedy; exit code 1. */

let project: SynthesizedProject;
beforeAll(() => {
  project = synthesizedProject(...environments);
  project.write("package.json", "{}");
});
afterAll(() => project.remove());

const INIT = ["init", "new", "--account", "111122223333", "--region", "eu-central-1", "--network"];
const question = (...argv: readonly string[]) => ["access", "--principal", "personal/work", ...argv];
const get = (...argv: readonly string[]) => question("--action", "s3:GetObject", ...argv);
const become = (...argv: readonly string[]) =>
  question("--action", "sts:AssumeRole", "--resource", "admin", ...argv);
const reactivate = (...argv: readonly string[]) => ["keys", "reactivate", "personal/x", ...argv];
const arnOf = (name: string) => [name, `arn:aws:iam::111122223333:role/baseline/${name}-k7q2m9xd`];
const digest = `sha256:${"0".repeat(64)}`;

type Case = readonly [argv: readonly string[], message: RegExp];

const ACCESS: readonly Case[] = [
  [get("--resource", "foo"), /--resource: expected an ARN \(.*\) or "\*", got "foo"; write the whole ARN/],
  [get("--resource", "bucket/key"), /--resource: expected an ARN .*got "bucket\/key"/],
  [get("--resource", "arn:aws:s3"), /--resource: expected an ARN of six parts/],
  [
    get("--resource", "arn:aws:s3:::bucket"),
    /--resource: expected a resource that the action can be on \(.*\$\{BucketName\}\/\$\{ObjectName\}\), got "arn:aws:s3:::bucket"/,
  ],
  [get("--resource", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1"), /the action can be on/],
  [get("--resource", "arn:aws:s4:::bucket/key"), /--resource: expected .*got "arn:aws:s4:::bucket\/key"/],
  [get("--resource", "arn:aws:s3:eu-centrl-1::bucket/key"), /--resource: expected/],
  [
    question("--action", "ec2:DescribeInstances", "--resource", "arn:aws:s3:::b/k"),
    /the action is on no resource/,
  ],
  [question("--action", "sts:*"), /sts:\w+ acts on a role: give --resource ROLE/],
  [question("--action", "*"), /acts on a role: give --resource ROLE/],
  [become("--vpc", "foo"), /--vpc: expected the id of a VPC, vpc- and 8 or 17 hexadecimal digits, got "foo"/],
  [become("--vpc", "vpc-12345"), /--vpc: expected the id of a VPC/],
  [become("--vpc", "vpc-0A1B2C3D"), /--vpc: expected the id of a VPC/],
  [become("--source-ip", "1"), /--source-ip: expected one IPv4 or IPv6 address, got "1"/],
  [become("--source-ip", "203.0.113.0/24"), /--source-ip: expected one IPv4 or IPv6 address/],
  [become("--source-ip", "fe80::1%eth0"), /--source-ip: expected one IPv4 or IPv6 address/],
  [become("--source-ip", "0xcb.0.113.1"), /--source-ip: expected one IPv4 or IPv6 address/],
  [become("--mfa-age", "0x10"), /--mfa-age: expected whole seconds, 0 to 129600 .*got "0x10"/],
  [become("--mfa-age", "1e3"), /--mfa-age: expected whole seconds/],
  [become("--mfa-age", "129601"), /--mfa-age: expected whole seconds/],
  [
    get("--context", "aws:SourceIpp=x"),
    /--context: expected a condition key of AWS, got "aws:SourceIpp"; did you mean aws:SourceIp\?/,
  ],
  [get("--context", "s3:prefixx=x"), /did you mean s3:prefix\?/],
  [get("--context", "team=x"), /--context: expected a condition key of AWS, got "team"/],
  [get("--context", "aws:PrincipalTag/=x"), /--context: expected a condition key of AWS/],
  [
    get("--context", "iam:PassedToService=x"),
    /--context: expected a key that requests of s3:GetObject carry/,
  ],
  [get("--context", "aws:SourceIp=foo"), /--context: expected aws:SourceIp with one IPv4 or IPv6 address/],
  [
    get("--context", "aws:SecureTransport=maybe"),
    /--context: expected aws:SecureTransport with true or false/,
  ],
  [get("--context", "aws:CurrentTime=noon"), /--context: expected aws:CurrentTime with a moment/],
  [get("--context", "aws:SourceArn=bucket"), /--context: expected aws:SourceArn with an ARN/],
  [
    get("--context", "aws:SourceIp=203.0.113.1", "--source-ip", "203.0.113.2"),
    /--context aws:SourceIp and --source-ip: expected one of them/,
  ],
  [
    get("--context", "aws:MultiFactorAuthPresent=true", "--no-mfa"),
    /--context aws:MultiFactorAuthPresent and --no-mfa/,
  ],
  [get("--format", "svg"), /--format: expected table, json or markdown for an answer, got svg/],
  [question("--action", "GetObject"), /--action: expected service:Action, got "GetObject"/],
  [["access", "--output", ""], /--output: expected a value, got an empty one; write --output <file>/],
  [["access", "--environment", ""], /--environment: expected a value, got an empty one/],
];

const OTHERS: readonly Case[] = [
  [
    reactivate("--reason", "x", "--hours", "0"),
    /--hours: expected a number of hours, more than 0, got "0"; write --hours 8/,
  ],
  [
    reactivate("--reason", "x", "--hours", "-1"),
    /--hours: expected a number of hours, more than 0, got "-1"/,
  ],
  [reactivate("--reason", "x", "--hours", "Infinity"), /--hours: expected a number of hours/],
  [reactivate("--reason", "x", "--hours", "1e1"), /--hours: expected a number of hours/],
  [
    ["keys", "reactivate", "home", "--reason", "x", "--hours", "9999", "--environment", "personal"],
    /--hours: expected more than 0 and at most 24 .*got 9999; write --hours 24 or less/,
  ],
  [
    ["keys", "reactivate", "home", "--reason", "x".repeat(257), "--environment", "personal"],
    /--reason: expected 1-256 letters/,
  ],
  [
    ["keys", "reactivate", "home", "--reason", "", "--environment", "personal"],
    /--reason: expected a value, got an empty one/,
  ],
  [
    ["keys", "reactivate", "home", "--reason", "x", "--key", "abcd", "--environment", "personal"],
    /--key: expected the last four characters/,
  ],
  [
    ["device", "config", "work", "--environment", "persnal"],
    /--environment: expected an environment that environments\/index\.ts lists \(.*\), got "persnal"; did you mean personal\?/,
  ],
  [["device", "onboard", "work", "--profile", "a b"], /--profile: expected the name of a profile/],
  [["device", "config", "work", "--prefix", "a]"], /--prefix: expected at most 40/],
  [
    ["device", "config", "work", "--for", "vim"],
    /option '--for <program>' argument 'vim' is invalid\. Allowed choices are aws-vault, cli, granted/,
  ],
  [
    ["repository", "key", "website"],
    /repository key: expected a repository as owner\/name, got "website"; declared are octo\/images, octo\/website/,
  ],
  [
    ["repository", "key", "octo/website", "--secret-names", "A"],
    /--secret-names: expected two different names/,
  ],
  [["repository", "key", "octo/website", "--pipe", ""], /--pipe: expected a value, got an empty one/],
  [
    ["apply-reviewed", "--plan-file", "plan", "--digest", digest],
    /--plan-file .*plan: expected a saved plan, got ENOENT: no such file or directory; make it with terraform plan -out FILE/,
  ],
  [
    ["apply-reviewed", "--plan-file", "plan", "--digest", "sha256:0"],
    /--digest: expected sha256: and 64 hexadecimal digits/,
  ],
  [
    ["audit", "--report", "package.json", "--generated-time", "noon"],
    /--generated-time: expected a past moment/,
  ],
  [["review", "--plan", "package.json", "--accepted", "none.json"], /^error\[/],
  [
    ["review", "--base", "cdktf.out", "--head", "cdktf.out", "--accepted", "none.json"],
    /--accepted .*none\.json: expected JSON with accepted exceptions, got ENOENT.*; correct the path/,
  ],
  [
    ["drift", "--fail-on", "severe"],
    /option '--fail-on <severity>' argument 'severe' is invalid\. Allowed choices are/,
  ],
  [["keys"], /missing required argument 'action'; --help tells what there is/],
  [["access", "--formt", "json"], /unknown option '--formt'; did you mean --format\?/],
  [
    [...INIT, "10.0.0.0/8", "--owner", "anna"],
    /--network: aws:SourceIp is always a public address, got "10\.0\.0\.0\/8"/,
  ],
  [
    [...INIT, "203.0.113.0/24", "--owner", "anna", "--device", "a", "a"],
    /--device: expected a name for each device, got "a" twice/,
  ],
  [
    [...INIT, "203.0.113.0/24", "--owner", "anna", "--device", "a b"],
    /--device: an IAM user name is 1-64 of/,
  ],
  [
    [...INIT, "203.0.113.0/24", "--owner", "anna", "--time-zone", "Mars/Base"],
    /--time-zone: a time zone is a name of the IANA database/,
  ],
  [[...INIT, "203.0.113.0/24", "--owner", "anna", "--bucket", "A"], /--bucket: Bucket name, 3-63/],
  [
    [...INIT, "203.0.113.0/24", "--owner", "anna", "--environment", "a b"],
    /--environment: Name of the environment/,
  ],
];

test.each(
  [...ACCESS, ...OTHERS].map(([argv, message]) => [argv.join(" ").slice(0, 100), argv, message] as const),
)("refuses %s", async (_name, argv, message) => {
  const { code, result, progress } = await project.baseline(...argv);
  expect({ code, result, lines: progress.trim().split("\n").length }).toEqual({
    code: 1,
    result: "",
    lines: 1,
  });
  expect(progress).toMatch(/^error\[[a-z-]+\]: /);
  expect(progress).toMatch(message);
});

test("takes an empty prefix, by which profiles lose theirs", async () => {
  const outputs = project.write(
    "outputs.json",
    JSON.stringify({ role_arns: { value: Object.fromEntries(["daily", "admin", "recovery"].map(arnOf)) } }),
  );
  const { code, result } = await project.baseline(
    "device",
    "config",
    "work",
    "--outputs",
    outputs,
    "--prefix",
    "",
  );
  expect(code).toBe(0);
  expect(result).toContain("[profile personal-daily]");
});

describe("takes what is right", () => {
  test.each([
    [get("--resource", "arn:aws:s3:::bucket/key")],
    [get("--resource", "arn:aws-cn:s3:::bucket/key")],
    [get("--resource", "arn:aws:s3:::bucket/*")],
    [get("--resource", "*")],
    [question("--action", "s3:*", "--resource", "arn:aws:s3:::bucket")],
    [question("--action", "iam:CreateUser", "--context", "aws:RequestTag/team=web")],
    [question("--action", "iam:PassRole", "--context", "iam:PassedToService=lambda.amazonaws.com")],
    [become("--vpc", "vpc-0a1b2c3d")],
    [become("--source-ip", "2001:db8:1::7", "--mfa-age", "0")],
    [become("--context", "sts:ExternalId=a=b")],
    [get("--context", "AWS:sourceip=203.0.113.1")],
    [get("--context", "gitlab.com:sub=x")],
  ])("%j", async (argv) => {
    const { code, progress } = await project.baseline(...argv);
    expect([code, progress]).toEqual([0, ""]);
  });
});
