import { expect, test } from "@jest/globals";
import { Clock } from "./clock";

/** Something that is under way until it is ended. */
function work(): { readonly promise: Promise<void>; end(): void; fail(): void } {
  let end = () => {};
  let fail = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error("failed"));
  });
  return { promise, end: () => end(), fail: () => fail() };
}

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("time stands still until it is moved, and followers hear of every move", async () => {
  const clock = new Clock(1_000);
  const heard: number[] = [];
  const unfollow = clock.follow((time) => heard.push(time));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(clock.now()).toBe(1_000);

  await clock.advance(500);
  await clock.set(100);
  unfollow();
  await clock.advance(1);

  expect(clock.now()).toBe(101);
  expect(heard).toEqual([1_000, 1_500, 100]);
});

test("a move waits for what is under way, and what begins after it was asked for waits for the move", async () => {
  const clock = new Clock(0);
  const [first, part] = [work(), work()];
  const begun: number[] = [];
  const invocation = clock.during(() => first.promise);

  const moved = clock.advance(10);
  const next = clock.during(async () => begun.push(clock.now()));
  // A request of what is under way must get through, or neither would ever end.
  const held = clock.hold(part.promise);
  first.end();
  await invocation;
  await settle();
  expect([clock.now(), begun]).toEqual([0, []]);

  part.end();
  await Promise.all([held, moved, next]);
  expect([clock.now(), begun]).toEqual([10, [10]]);
});

test("what fails is over, too, and its error is its caller's", async () => {
  const clock = new Clock(0);
  const failing = work();
  const invocation = clock.during(() => failing.promise);
  const moved = clock.advance(10);

  failing.fail();

  await expect(invocation).rejects.toThrow("failed");
  await moved;
  expect(clock.now()).toBe(10);
});

test("several moves are made in order, and idle waits for what is under way", async () => {
  const clock = new Clock(0);
  const last = work();
  const heard: number[] = [];
  clock.follow((time) => heard.push(time));

  await Promise.all([clock.advance(5), clock.set(100), clock.advance(1)]);
  const running = clock.during(() => last.promise);
  let idle = false;
  const waited = clock.idle().then(() => {
    idle = true;
  });
  await settle();
  expect(idle).toBe(false);

  last.end();
  await Promise.all([running, waited]);
  expect(heard).toEqual([0, 5, 100, 101]);
});
