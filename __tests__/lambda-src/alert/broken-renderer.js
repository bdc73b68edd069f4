// Loaded before the zip: the renderer of alerts has a defect that the event with the id "bad" meets.
const Module = require("node:module");

const load = Module._load;
Module._load = function loadWithDefect(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== "./alerting.js") return loaded;
  return {
    ...loaded,
    alertRenderer: (...words) => {
      const render = loaded.alertRenderer(...words);
      return function renderWithDefect(alert) {
        if (alert.event.detail.eventID === "bad") undefined.field.trim();
        return render(alert);
      };
    },
  };
};
