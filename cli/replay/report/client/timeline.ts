// Alerts over time, a bar for each few minutes, hour or day; choosing a bar shows that time alone.

import { SEVERITIES, TIMES } from "./alerts";
import { changeView, view } from "./current-view";
import { countedWord, element, NUMBERS, place, svgElement } from "./elements";
import { BUCKETS, type Buckets, bucketCounts, bucketLabel, roundUp } from "./timeline-buckets";
import { shortTime } from "./times";

const PLOT_HEIGHT = 144;
const LEAST_HEIGHT = 2;

/** The bar that the Tab key comes to. */
let tabBar = 0;

/** @param counts by severity */
function countsInWords(counts: readonly number[]) {
  const sum = counts.reduce((all, count) => all + count, 0);
  const parts = SEVERITIES.flatMap((severity, rank) =>
    counts[rank] ? [`${NUMBERS.format(counts[rank])} ${severity}`] : [],
  );
  return sum === 0 ? "no alerts" : `${countedWord(sum, "alert")} (${parts.join(", ")})`;
}

/** @param further together with what is chosen already */
function chooseBucket({ start, step }: Buckets, bucket: number, further: boolean) {
  const [from, to] = [start + bucket * step, start + (bucket + 1) * step];
  tabBar = bucket;
  if (further && view.from !== undefined && view.to !== undefined) {
    changeView({ from: Math.min(view.from, from), to: Math.max(view.to, to) });
  } else if (view.from === from && view.to === to) changeView({ from: undefined, to: undefined });
  else changeView({ from, to });
}

/** @param top what the plot's height stands for */
function bar(buckets: Buckets, bucket: number, counts: readonly number[], top: number) {
  const width = 100 / buckets.count;
  const x = `${bucket * width}%`;
  const [innerX, innerWidth] = [`${(bucket + 0.1) * width}%`, `${width * 0.8}%`];
  const time = buckets.start + bucket * buckets.step;
  const timeChosen = view.from !== undefined || view.to !== undefined;
  const inChoice = timeChosen && time >= (view.from ?? time) && time < (view.to ?? Number.POSITIVE_INFINITY);
  const label = `${bucketLabel(buckets, bucket)}: ${countsInWords(counts)}`;
  const node = svgElement("g", {
    class: timeChosen && !inChoice ? "bar beside" : "bar",
    role: "button",
    tabindex: bucket === tabBar ? 0 : -1,
    "aria-pressed": String(inChoice),
    "aria-label": label,
    "data-key": `bar ${bucket}`,
  });
  node.append(svgElement("rect", { class: "catch", x, width: `${width}%`, y: 0, height: PLOT_HEIGHT }));
  let y = PLOT_HEIGHT;
  counts.forEach((count, rank) => {
    if (count === 0) return;
    const height = Math.max(LEAST_HEIGHT, (count / top) * PLOT_HEIGHT);
    y -= height;
    node.append(
      svgElement("rect", {
        class: SEVERITIES[rank],
        x: innerX,
        width: innerWidth,
        y,
        height: Math.max(1, height - 0.5),
      }),
    );
  });
  node.addEventListener("click", ({ shiftKey }) => chooseBucket(buckets, bucket, shiftKey));
  for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => readOut(label));
  for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => readOut());
  return node;
}

/** @param text by default, what is chosen */
function readOut(text?: string) {
  const { from, to } = view;
  const chosen =
    from === undefined && to === undefined
      ? `Choose a bar to see its ${BUCKETS?.name} alone; with Shift, up to it.`
      : `Shown: ${from === undefined ? "" : `from ${shortTime(from)}`} ${to === undefined ? "" : `to before ${shortTime(to)}`}`;
  place("readout").textContent = text ?? chosen;
}

function onTimelineKey(event: KeyboardEvent, buckets: Buckets, bars: readonly SVGGElement[]) {
  const at = bars.indexOf(event.target as SVGGElement);
  if (at < 0) return;
  if (event.key === "Enter" || event.key === " ") chooseBucket(buckets, at, event.shiftKey);
  else if (event.key === "Escape") changeView({ from: undefined, to: undefined });
  else {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to === undefined) return;
    const next = bars[to];
    if (next !== undefined) {
      bars[at]?.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
      tabBar = to;
    }
  }
  event.preventDefault();
}

export function renderTimeline(leftOut: Uint16Array) {
  const buckets = BUCKETS;
  if (buckets === undefined) return;
  const counts = bucketCounts(leftOut, buckets);
  const top = roundUp(Math.max(1, ...counts.map((bucket) => bucket.reduce((sum, count) => sum + count, 0))));
  const bars = counts.map((bucket, position) => bar(buckets, position, bucket, top));
  const lines = [0, 0.5, 1].map((share) =>
    svgElement("line", { class: "line", x1: 0, x2: "100%", y1: share * PLOT_HEIGHT, y2: share * PLOT_HEIGHT }),
  );
  const label = `Alerts per ${buckets.name}. Arrow keys go from bar to bar, Enter chooses one, Shift and Enter choose up to one, Escape chooses none.`;
  const plot = svgElement(
    "svg",
    { class: "plot", role: "group", "aria-label": label, height: PLOT_HEIGHT },
    ...lines,
    ...bars,
  );
  plot.addEventListener("keydown", (event) => onTimelineKey(event, buckets, bars));
  const timeless = TIMES.filter(Number.isNaN).length;
  const middle = Math.floor(buckets.count / 2);
  const ends = buckets.count < 3 ? [0] : [0, middle, buckets.count - 1];
  place("timeline").replaceChildren(
    element("h3", {}, `Alerts per ${buckets.name}`),
    element(
      "div",
      { class: "chart" },
      element(
        "div",
        { class: "scale", "aria-hidden": "true" },
        ...[top, top / 2, 0].map((value) => element("span", {}, NUMBERS.format(value))),
      ),
      plot,
      element(
        "div",
        { class: "ends", "aria-hidden": "true" },
        ...ends.map((bucket) => element("span", {}, bucketLabel(buckets, bucket).replace(/ to .*/, ""))),
      ),
    ),
    element("p", { class: "readout", id: "readout" }),
    ...(timeless > 0
      ? [
          element(
            "p",
            { class: "meaning" },
            `${countedWord(timeless, "alert")} without a time are not in the timeline.`,
          ),
        ]
      : []),
  );
  readOut();
}
