import { afterAll, beforeAll, test } from "@jest/globals";
import { pythonWithMoto } from "../moto/environment";
import { readIntegrationStack } from "../stack";
import { World } from "./world";

/** Registers a check, which rejects when it doesn't hold. It begins at 10:00 of a day on which nothing has happened. */
type RegisterCheck = (name: string, run: (world: World) => Promise<void>) => void;

/** Starts the whole system for the checks of a file, and stops it after the last. */
export function worldChecks(): RegisterCheck {
  let world: World;
  beforeAll(async () => {
    world = await World.start(readIntegrationStack(), pythonWithMoto());
  });
  afterAll(() => world?.stop());

  return (name, run) =>
    test(name, async () => {
      await world.newDay();
      await run(world);
      if (world.breakdowns.length > 0) throw new Error(`moto broke down\n${world.breakdowns.join("\n")}`);
    });
}
