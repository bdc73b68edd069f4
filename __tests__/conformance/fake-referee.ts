import { ownEngine } from "./engine";
import type { Question, Referee, Ruling } from "./referee";

/** A referee that says what the engine says, but where the change tells it otherwise. */
export function fakeReferee(change: (ruling: Ruling, question: Question, times: number) => Ruling = (same) => same) {
  let times = 0;
  const referee: Referee = {
    judge: async (questions) => {
      times++;
      return questions.map((question) => change(engineRuling(question), question, times));
    },
  };
  return referee;
}

function engineRuling({ pattern, events }: Question): Ruling {
  const seen = ownEngine(pattern);
  if ("refused" in seen) return { refused: "no" };
  return { matches: events.map((event) => seen.judge(event).answer === "true") };
}
