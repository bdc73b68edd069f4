import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { masked, SHOWN_CHARACTERS, shownJson } from "../../../../cli/replay/evaluate/shown-json";

describe("what gives access is masked", () => {
  test.each([
    [{ credentials: { accessKeyId: "ASIA1", sessionToken: "Z", secretAccessKey: "Z", expiration: "Nov 20" } }],
    [{ password: "Z", masterUserPassword: "Z", userData: "Z", tokenCode: 666, clientSecret: "Z", plaintext: ["Z"] }],
    [{ environment: [{ name: "DB_PASSWORD", value: "Z" }], tags: [{ Key: "api-key", Value: "Z" }] }],
    [{ url: "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Security-Token=Z%2FZ&X-Amz-Signature=Z" }],
    [{ text: `a IQoJ${"Z".repeat(60)} b`, header: "Bearer ZZZZZZZZZZZZ", jwt: "eyJZZZZZZZZZ.ZZZZZZZZZ.ZZZ" }],
    [{ key: "-----BEGIN RSA PRIVATE KEY-----\nZZZZ\n-----END RSA PRIVATE KEY-----" }],
    [{ userData: { value: "Z" }, tokens: 1, token: ["Z", ["Z"], { value: "Z", name: "n" }] }],
    [{ passwords: ["Z"], DB_PASS: "Z", passcode: "Z", userDataBase64: "Z", privateKeyPem: "Z", preSharedKey: "Z" }],
    [{ authenticationCode1: "666", authenticationCode2: "Z", base32StringSeed: "Z", qRCodePNG: "Z" }],
    [
      {
        parameters: [{ parameterKey: "DBPassword", parameterValue: "Z" }],
        options: { optionName: "TOKEN", value: "Z" },
      },
    ],
    [{ DATABASE_URL: "postgres://app:Z@db.example.com/main", origin: "https://:Z@example.com" }],
    [{ commands: ["export AWS_SECRET_ACCESS_KEY=ZZ/Z+Z", "mysql --password='Z Z' -u a", "api_key = Z"] }],
    [{ input: '{"user":"a","dbPassword": "Z Z","token":"Z"}', twice: JSON.stringify('{"secret":"Z"}') }],
    [{ url: "https://hooks.slack.com/services/T1/B2/ZZZ", key: `sk_live_${"Z".repeat(24)} ghp_${"Z".repeat(36)}` }],
    [["x-amz-security-token", { "x-amz-security-token": "Z" }]],
  ])("%j", (value) => {
    const json = JSON.stringify(masked(value));

    expect(json).toContain("(masked)");
    expect(json).not.toMatch(/Z|666/);
  });

  test("and nothing else", () => {
    const value = {
      ...{ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretId: "prod/db", secretArn: "arn:aws:secretsmanager:::secret:x" },
      ...{ metadataOptions: { httpTokens: "required" }, passwordLastUsed: "2026", passwordResetRequired: true },
      ...{ manageMasterUserPassword: true, sessionToken: null, secret: "", keyId: "1", publicKey: "ssh-rsa AAAA" },
      ...{ environment: [{ name: "STAGE", value: "prod" }], policyDocument: '{"Action":"*"}', ConsoleLogin: "Failure" },
      ...{
        accessKey: "AKIAIOSFODNN7EXAMPLE",
        secret: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf",
      },
      ...{
        text: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
        empty: '{"token":""}',
        port: "http://a:80/b@c",
      },
      ...{ command: "SECRET=arn:aws:secretsmanager:::secret:x", policy: '{"Action":"secretsmanager:GetSecretValue"}' },
      ...{
        config: '{"secret":"arn:aws:secretsmanager:::secret:x"}',
        keyName: "ops",
        parameterKey: "Size",
        parameterValue: "1",
      },
    };

    expect(masked(value)).toEqual(value);
  });

  test.each([[undefined], [null], [7], ["text"], [true]])("%j is as it was", (value) => {
    expect(masked(value)).toBe(value);
  });
});

describe("JSON for people", () => {
  test("is whole where it is short, and says what it leaves out where it isn't", () => {
    expect(shownJson({ name: "a", list: [1, null, { b: true }] })).toBe('{"name":"a","list":[1,null,{"b":true}]}');
    expect(shownJson(undefined)).toBe("");
    expect(shownJson(null)).toBe("");
    const long = JSON.parse(shownJson({ names: Array.from({ length: 5_000 }, (_, number) => `name ${number}`) }));
    expect(long.names[0]).toBe("name 0");
    expect(long.names.at(-1)).toMatch(/^… 4,?9\d\d more$/);
    expect(JSON.parse(shownJson({ document: "x".repeat(5_000) })).document).toMatch(/^x{900,}…$/);
  });

  test("is short, JSON, on one line, and holds nothing that can't be seen, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12, stringUnit: "binary" }), (value) => {
        const json = shownJson(value);

        expect(json.length).toBeLessThanOrEqual(SHOWN_CHARACTERS);
        if (value !== null) expect(JSON.parse(json)).toBeDefined();
        expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
    let [deep, secret]: unknown[] = ["end", "Z"];
    for (let depth = 0; depth < 50_000; depth++) secret = [secret];
    expect(JSON.stringify(masked({ token: secret }))).not.toContain("Z");
    for (let depth = 0; depth < 50_000; depth++) deep = depth % 2 ? [deep] : { ["key".repeat(99)]: deep };
    expect(shownJson(masked(deep)).length).toBeLessThanOrEqual(SHOWN_CHARACTERS);
    const wide = Object.fromEntries(
      Array.from({ length: 9_000 }, (_, number) => [`\u202e${number}`, "\u0000".repeat(99)]),
    );
    expect(shownJson(wide).length).toBeLessThanOrEqual(SHOWN_CHARACTERS);
  });
});

test("masking takes its time in proportion to the text, whatever it says", () => {
  for (const part of ["password", "token ", '"', "://a:", "secret\\", "eyJ", "a-", "-----BEGIN PRIVATE KEY-----"]) {
    const begun = performance.now();
    masked(part.repeat(400_000 / part.length));

    expect(performance.now() - begun).toBeLessThan(1_500);
  }
});
