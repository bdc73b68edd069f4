// Loaded before the zip: stands for the vendor. Writes each request, and answers by the address's first part.
globalThis.fetch = async (url, { method, headers, body, redirect }) => {
  const [, name] = new URL(url).pathname.split("/");
  process.stdout.write(`${JSON.stringify({ vendor: name, method, headers, body, redirect })}\n`);
  if (name === "busy") return new Response("", { status: 429, headers: { "retry-after": "120" } });
  if (name === "gone") return new Response(`no channel for ${headers.authorization}`, { status: 404 });
  return new Response("ok", { status: 200 });
};
