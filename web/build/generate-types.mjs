// Writes src/api/generated: what the server's OpenAPI document and the JSON Schemas of the events say, as TypeScript.
// With --check it only says whether the files are true.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = dirname(web);
const schemaFolder = "eventlog/src/main/resources/org/maraudersmap/eventlog/schemas";
const MADE = "// Made by build/generate-types.mjs; do not edit. Write it anew: npm run types\n";

const readJson = (path) => JSON.parse(readFileSync(join(repository, path), "utf8"));
const quoted = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const indented = (text) => text.replaceAll("\n", "\n  ");

/** A JSON Schema as a type. `named` gives the name behind a reference, `allThere` says that nothing is left out. */
function typeOf(schema, named, allThere) {
  if (schema.$ref !== undefined) {
    return named(schema.$ref);
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined && schema.properties === undefined) {
    return [...new Set(alternatives.map((each) => typeOf(each, named, allThere)))].join(" | ");
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeOf({ ...schema, type }, named, allThere)).join(" | ");
  }
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      return `readonly (${typeOf(schema.items ?? {}, named, allThere)})[]`;
    default:
      return schema.properties !== undefined || schema.type === "object"
        ? objectOf(schema, named, allThere)
        : "unknown";
  }
}

function objectOf(schema, named, allThere) {
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const optional = allThere || schema.required?.includes(name) ? "" : "?";
    const comment = property.description === undefined ? "" : `/** ${property.description} */\n`;
    return `${comment}readonly ${quoted(name)}${optional}: ${typeOf(property, named, allThere)};`;
  });
  if (fields.length > 0) {
    return `{\n  ${indented(fields.join("\n"))}\n}`;
  }
  return schema.additionalProperties === undefined
    ? "Readonly<Record<string, unknown>>"
    : `Readonly<Record<string, ${typeOf(schema.additionalProperties, named, allThere)}>>`;
}

// REST

function referencesIn(node) {
  return node === null || typeof node !== "object"
    ? []
    : Object.entries(node).flatMap(([key, value]) =>
        key === "$ref" ? [basename(value)] : referencesIn(value),
      );
}

/** The schemas that requests are made of, directly or not. */
function schemasOfRequests(document) {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const found = new Set(operations.flatMap((operation) => referencesIn(operation.requestBody)));
  for (const name of found) {
    for (const other of referencesIn(document.components.schemas[name])) {
      found.add(other);
    }
  }
  return found;
}

function restTypes(document) {
  const sent = schemasOfRequests(document);
  const named = (reference) => basename(reference);
  const schemas = Object.entries(document.components.schemas).map(
    // What the server writes it writes whole; a problem has `errors` only if there are some.
    ([name, schema]) =>
      `export type ${name} = ${typeOf(schema, named, !sent.has(name) && name !== "Problem")};\n`,
  );
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => routeOf(method, path, operation, named)),
  );
  return `${MADE}// From docs/openapi.json.\n\n${schemas.join("\n")}\n/** What each route takes and answers. */\nexport type Routes = {\n  ${indented(routes.join("\n"))}\n};\n`;
}

function routeOf(method, path, operation, named) {
  const parameters = (place) => {
    const some = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
    return objectOf(
      {
        properties: Object.fromEntries(some.map(({ name, schema }) => [name, schema])),
        required: some.filter(({ required }) => required).map(({ name }) => name),
        additionalProperties: { const: undefined, not: {} },
      },
      named,
      false,
    );
  };
  const has = (place) => (operation.parameters ?? []).some((parameter) => parameter.in === place);
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const [, answer] = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const content = answer.content?.["application/json"]?.schema;
  const parts = [
    has("path") ? `path: ${parameters("path")}` : undefined,
    has("query") ? `query?: ${parameters("query")}` : undefined,
    body === undefined
      ? undefined
      : `body${operation.requestBody.required ? "" : "?"}: ${typeOf(body, named, false)}`,
    `answer: ${content === undefined ? "undefined" : typeOf(content, named, true)}`,
  ].filter((part) => part !== undefined);
  return `${JSON.stringify(`${method.toUpperCase()} ${path}`)}: {\n  ${indented(parts.map((part) => `readonly ${part};`).join("\n"))}\n};`;
}

// Events

/** Follows `$ref` and `allOf` into one schema: the schemas of events say the same thing in layers. */
function flat(schema, file, schemas) {
  const layers = [...(schema.allOf ?? []), ...(schema.$ref === undefined ? [] : [{ $ref: schema.$ref }])].map(
    (layer) => {
      if (layer.$ref === undefined) {
        return flat(layer, file, schemas);
      }
      const [target, pointer] = layer.$ref.split("#");
      const name = target === "" ? file : target;
      const found = (pointer ?? "")
        .split("/")
        .filter((step) => step !== "")
        .reduce((node, step) => node[step], schemas[name]);
      return flat(found, name, schemas);
    },
  );
  return [...layers, resolved(schema, file, schemas)].reduce((whole, layer) => merged(whole, layer), {});
}

function resolved(schema, file, schemas) {
  const { $ref: _, allOf: __, $defs: ___, ...own } = schema;
  const deep = (value) => (value === null || typeof value !== "object" ? value : flat(value, file, schemas));
  return {
    ...own,
    ...(own.properties && {
      properties: Object.fromEntries(
        Object.entries(own.properties).map(([name, value]) => [name, deep(value)]),
      ),
    }),
    ...(own.items && { items: deep(own.items) }),
    ...(own.anyOf && { anyOf: own.anyOf.map(deep) }),
  };
}

function merged(one, other) {
  const names = new Set([...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})]);
  const properties = Object.fromEntries(
    [...names].map((name) => [name, merged(one.properties?.[name] ?? {}, other.properties?.[name] ?? {})]),
  );
  return {
    ...one,
    ...other,
    ...(names.size > 0 && { properties }),
    required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])],
  };
}

function eventTypes(schemas, topics) {
  const pascal = (type) =>
    type
      .split(/[._]/)
      .map((word) => word[0].toUpperCase() + word.slice(1))
      .join("");
  const types = Object.values(topics).flat();
  const data = types.map((type) => {
    const schema = flat(schemas[`${type}.json`], `${type}.json`, schemas).properties.data;
    return `/** ${schemas[`${type}.json`].description} */\nexport type ${pascal(type)} = ${typeOf(schema, String, false)};\n`;
  });
  const map = types.map((type) => `readonly ${JSON.stringify(type)}: ${pascal(type)};`);
  return `${MADE}// From ${schemaFolder}.\n\n${data.join("\n")}\n/** The \`data\` of each type of event. */\nexport type EventData = {\n  ${indented(map.join("\n"))}\n};\n`;
}

const schemas = Object.fromEntries(
  readdirSync(join(repository, schemaFolder)).map((file) => [file, readJson(`${schemaFolder}/${file}`)]),
);
const { "topics.json": topics, ...eventSchemas } = schemas;
const files = {
  "rest.ts": restTypes(readJson("docs/openapi.json")),
  "events.ts": eventTypes(eventSchemas, topics),
};

const folder = join(web, "src/api/generated");
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const path = join(folder, name);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`src/api/generated/${name} is not what the server says any more: npm run types`);
    process.exitCode = 1;
  }
}
