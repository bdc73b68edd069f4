import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { LocalServer } from "../../cli/demo/local-server";
import { fetchJars, JARS } from "./jars";

const BYTES = "not really a jar";
const JAR = { path: "org/example/thing/1.0/thing-1.0.jar", sha256: createHash("sha256").update(BYTES).digest("hex") };

let folder: string;
let server: LocalServer;
let repository: string;
let asked: string[];
let answer: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-jars-"));
  asked = [];
  answer = BYTES;
  server = await LocalServer.start((request, response) => {
    asked.push(String(request.url));
    response.writeHead(request.url === `/maven2/${JAR.path}` ? 200 : 404).end(answer);
  });
  repository = `${server.endpoint}/maven2/`;
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

describe("fetchJars", () => {
  test("fetches a jar once and keeps it", async () => {
    const cache = join(folder, "new", "cache");

    const [file] = await fetchJars({ repository, cache }, [JAR]);
    await fetchJars({ repository, cache }, [JAR]);

    expect(file).toBe(join(cache, "thing-1.0.jar"));
    expect(readFileSync(String(file), "utf8")).toBe(BYTES);
    expect(asked).toEqual([`/maven2/${JAR.path}`]);
    expect(readdirSync(cache)).toEqual(["thing-1.0.jar"]);
  });

  test("refuses a jar that isn't the right one, and leaves nothing behind", async () => {
    answer = "something else";

    await expect(fetchJars({ repository, cache: folder }, [JAR])).rejects.toThrow(/SHA-256 is \w+, expected/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("fetches a jar again that was changed in the cache", async () => {
    writeFileSync(join(folder, "thing-1.0.jar"), "half a j");

    const [file] = await fetchJars({ repository, cache: folder }, [JAR]);

    expect(readFileSync(String(file), "utf8")).toBe(BYTES);
  });

  test("says what the repository answers, and where a mirror can stand", async () => {
    const elsewhere = { ...JAR, path: "nowhere.jar" };

    await expect(fetchJars({ repository, cache: folder }, [elsewhere])).rejects.toThrow("answers 404");
    await expect(fetchJars({ repository: "http://127.0.0.1:1", cache: folder }, [JAR])).rejects.toThrow(
      "CONFORMANCE_MAVEN_REPOSITORY",
    );
  });
});

test("every jar is pinned by a checksum", () => {
  for (const { sha256 } of JARS) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});
