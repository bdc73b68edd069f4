import { jest } from "@jest/globals";
import { detections } from "../../../cli/detections/detections";

export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** Asks in this process, under this configuration. */
export async function ask(args: readonly string[], context: object = {}): Promise<Answer> {
  let text = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  process.env.CDKTF_CONTEXT_JSON = JSON.stringify(context);
  try {
    return { code: await detections(args), text };
  } finally {
    delete process.env.CDKTF_CONTEXT_JSON;
    write.mockRestore();
  }
}
