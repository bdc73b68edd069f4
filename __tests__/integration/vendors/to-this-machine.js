// Loaded into the notifier's process before its own code: whatever opens a TLS connection gets to the vendors' servers of the test, by
// the name that it asked for, whose certificate is checked as ever. No vendor on the network is reached.
const tls = require("node:tls");

const port = Number(process.env.VENDORS_PORT);
const connect = tls.connect;

tls.connect = (options, ...rest) => {
  if (typeof options !== "object" || options.servername === undefined)
    throw new Error("a TLS connection without a name");
  return connect({ ...options, host: "127.0.0.1", port }, ...rest);
};
