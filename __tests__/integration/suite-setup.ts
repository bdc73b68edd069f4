import { pythonWithMoto } from "./moto/environment";
import { writeIntegrationStacks } from "./stack";

/**
 * Runs once before the suite: installs moto where it is missing, and synthesizes the stacks.
 *
 * @throws PythonProblem, which fails the whole run
 */
export default function setUp(): void {
  pythonWithMoto();
  writeIntegrationStacks();
}
