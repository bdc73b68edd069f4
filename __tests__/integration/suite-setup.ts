import { pythonWithMoto } from "./moto/environment";
import { writeIntegrationStack } from "./stack";

/**
 * Runs once before the suite: installs moto where it is missing, and synthesizes the stack.
 *
 * @throws PythonProblem, which fails the whole run
 */
export default function setUp(): void {
  pythonWithMoto();
  writeIntegrationStack();
}
