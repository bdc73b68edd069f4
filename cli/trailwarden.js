#!/usr/bin/env node
// Lets Node run the TypeScript sources, then hands over.
require("tsx/cjs");
require("./main.ts");
