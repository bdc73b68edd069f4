import { findChromium } from "./find-chromium";

/**
 * Runs once before the checks.
 *
 * @throws NoBrowser, which fails the whole run
 */
export default function setUp(): void {
  findChromium(process.env);
}
