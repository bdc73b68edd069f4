import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { judgeFile } from "../../../../cli/replay/judge/judge-file";
import { RecordJudge } from "../../../../cli/replay/judge/record-judge";
import { folderOf, plan, setup } from "../logs";

test("what has no end, and says no size, is given up where it goes wrong", async () => {
  // Of a pipe or a device, as of /dev/zero, the system says that it has 0 bytes.
  const folder = folderOf({ zero: Buffer.alloc(20 * 1024 ** 2) });
  const source = { kind: "file", path: join(folder, "zero"), bytes: 0 } as const;
  const handed: number[] = [];

  try {
    const { verdict, bytes } = await judgeFile(source, 0, new RecordJudge(plan(setup([]))), async (some) => {
      handed.push(some.bytes);
    });

    expect(verdict.problem).toMatch(/unexpected byte 0x00 at position 0/);
    expect(handed).toEqual([]);
    expect(bytes).toBeLessThan(1024 ** 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
