// Loaded before the zip: the renderer of alerts has a defect that the event with the id "bad" meets.
const Module = require("node:module");

const load = Module._load;
Module._load = function loadWithDefect(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== "./alert-renderer.js") return loaded;
  return {
    alertRenderer: (...words) => {
      const render = loaded.alertRenderer(...words);
      return function renderWithDefect(detection, event, ...others) {
        if (event.detail.eventID === "bad") undefined.field.trim();
        return render(detection, event, ...others);
      };
    },
  };
};
