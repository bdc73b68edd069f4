import type { DeliveredAlert, Reading } from "./delivered-alert";

const WIDTH = 100;

/** Prints alerts as their subscribers read them: in full the first time, on one line after that. */
export class Report {
  readonly #shownInFull = new Set<string>();
  #jsonShown = false;

  /** @param fullOncePer what is worth one full text: every alert, or only the first of each detection */
  constructor(
    private readonly print: (line: string) => void,
    private readonly fullOncePer: "alert" | "detection",
  ) {}

  heading(title: string, remark = ""): void {
    this.print("");
    this.print(`── ${title} ${"─".repeat(Math.max(3, WIDTH - title.length - 4))}`);
    if (remark) this.print(remark);
  }

  line(text = ""): void {
    this.print(text);
  }

  alert(alert: DeliveredAlert): void {
    const { severity, detection, topic, eventID, path, summary, subject, readings } = alert;
    const again = this.#shownInFull.has(`${detection} ${eventID}`);
    const key = this.fullOncePer === "alert" ? `${detection} ${eventID} ${topic === "APICallAlert"}` : detection;
    const label = `${severity.toUpperCase().padEnd(8)} ${detection}`;
    if (this.#shownInFull.has(key) || (again && path === "log")) {
      this.print(`   ${label.padEnd(34)} ${again ? "(same alert, from the log file) " : ""}${summary}`);
      return;
    }
    this.#shownInFull.add(key).add(`${detection} ${eventID}`);
    this.print("");
    this.print(`▶  ${label}  →  topic ${topic}`);
    if (readings.length === 0) this.print("   no subscriber at this severity");
    for (const group of byText(readings)) this.#reading(group, subject);
  }

  #reading({ recipients, email, text }: ReadingGroup, subject: string): void {
    this.print(`   ${recipients.join(", ")}`);
    if (email) this.print(`   │ Subject: ${subject}`);
    if (text.startsWith("{") && this.#jsonShown) {
      this.print(`   │ JSON as above, ${Buffer.byteLength(text)} bytes`);
      return;
    }
    this.#jsonShown ||= text.startsWith("{");
    for (const line of text.trimEnd().split("\n")) {
      for (const part of wrapped(line, WIDTH)) this.print(`   │ ${part}`);
    }
  }
}

interface ReadingGroup {
  readonly recipients: readonly string[];
  readonly email: boolean;
  readonly text: string;
}

function byText(readings: readonly Reading[]): readonly ReadingGroup[] {
  return [...new Set(readings.map(({ text }) => text))].map((text) => {
    const same = readings.filter((reading) => reading.text === text);
    return {
      text,
      recipients: same.map(({ protocol, endpoint }) => `${protocol} to ${endpoint}`),
      email: same.some(({ protocol }) => protocol === "email"),
    };
  });
}

/** Breaks at spaces, and indents as the line is; a word longer than the width (a link) stays whole, JSON is cut. */
function wrapped(line: string, width: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const room = width - indent.length;
  const pattern = line.startsWith("{")
    ? new RegExp(`.{1,${width}}`, "gu")
    : new RegExp(`\\S.{0,${room - 1}}(?=\\s|$)|\\S+`, "gu");
  return (line.match(pattern) ?? [""]).map((part) => `${indent}${part}`);
}
