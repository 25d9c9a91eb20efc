// Reads and writes the record's documents as a stranger would: with the npm package alone.
//
//   node interop.mjs read <document>                    prints the document as JSON
//   node interop.mjs write <document> <text|scalar> <record as JSON>
//                                                       appends to an entry, prints the change (hex)
//
// Knows nothing of the model, so that it can't hide a difference from it.

import { readFileSync } from "node:fs";
import * as Automerge from "@automerge/automerge";

const [command, path, ...rest] = process.argv.slice(2);
const document = Automerge.load(readFileSync(path), { actor: "77".repeat(16) });

/** The document as plain JSON. A plain JavaScript string here is a Text object in the document. */
function plain(value, at) {
  if (Automerge.isImmutableString(value)) return value.toString();
  if (typeof value === "string") throw new Error(`${at} is a Text object`);
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${at}/${index}`));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, plain(item, `${at}/${key}`)]),
    );
  }
  return value;
}

/** A record as it must be written: every string a scalar. */
function scalars(value) {
  if (typeof value === "string") return new Automerge.ImmutableString(value);
  if (Array.isArray(value)) return value.map(scalars);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scalars(item)]));
  }
  return value;
}

if (command === "read") {
  console.log(JSON.stringify(plain(document, "")));
} else {
  const [how, json] = rest;
  const { id, ...fields } = JSON.parse(json);
  const record = scalars(fields);
  // What comes naturally in JavaScript, and what the record refuses.
  if (how === "text") record.text = fields.text;
  const changed = Automerge.change(document, (draft) => {
    draft.appendments[id] = record;
  });
  console.log(Buffer.from(Automerge.getLastLocalChange(changed)).toString("hex"));
}
