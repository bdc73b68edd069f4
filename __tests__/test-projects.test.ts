import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "./repository";

interface Project {
  readonly rootDir: string;
  readonly roots: readonly string[];
  readonly testPathIgnorePatterns: readonly string[];
  readonly globalSetup?: string;
}

const CONFIGS = ["jest.config.js", "__tests__/integration/jest.config.js", "__tests__/browser/jest.config.js"];
const load = createRequire(join(REPOSITORY, "package.json"));
const projects = CONFIGS.map((config) => load(join(REPOSITORY, config)) as Project);
const [unit, ...others] = projects as [Project, ...Project[]];
const pathIn = (project: Project, path: string) => path.replace("<rootDir>", project.rootDir);

function testsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? testsBelow(path) : path.endsWith(".test.ts") ? [path.split(sep).join("/")] : [];
  });
}

function testsOf(project: Project): readonly string[] {
  const ignored = project.testPathIgnorePatterns.map((pattern) => new RegExp(pattern));
  return project.roots
    .flatMap((root) => testsBelow(pathIn(project, root)))
    .filter((path) => !ignored.some((pattern) => pattern.test(path)));
}

test("every file of tests belongs to one project", () => {
  const all = testsBelow(join(REPOSITORY, "__tests__"));

  expect(projects.flatMap(testsOf).sort()).toEqual([...all].sort());
  for (const project of projects) expect(testsOf(project).length).toBeGreaterThan(4);
});

describe("what needs a program besides Node", () => {
  test("is no part of npm test", () => {
    const starts = /\b(pythonWithMoto|startChromium|World\.start)\(/;
    const named = testsOf(unit).filter((path) => starts.test(readFileSync(path, "utf8")));

    // It holds what is said where Python is missing, and starts nothing.
    expect(named).toEqual([join(REPOSITORY, "__tests__/integration/commands.test.ts")]);
  });

  test("is looked for before the first test, which fails the run and skips nothing", () => {
    const setups = others.map((project) => pathIn(project, project.globalSetup ?? ""));

    expect(setups.filter(existsSync)).toEqual(setups);
    for (const setup of setups) expect(readFileSync(setup, "utf8")).toMatch(/ {2}(pythonWithMoto|findChromium)\(/);
    for (const path of projects.flatMap(testsOf)) {
      expect([
        path,
        readFileSync(path, "utf8").match(/\b(test|describe|check)\.(skip|only|todo)\b|\bx(test|it)\(/g),
      ]).toEqual([path, null]);
    }
  });
});
