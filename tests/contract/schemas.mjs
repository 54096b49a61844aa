// Turns the schemas of an OpenAPI 3.1 document into compiled Ajv validators, one per schema.
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const oneSchema = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const listOfSchemas = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const mapOfSchemas = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

// Annotations may hold anything, such as a whole JSON Schema with an $id as an example: Ajv must not look into them.
const left = new Set([
  'example',
  'examples',
  'default',
  'title',
  'description',
  'discriminator',
  'xml',
  'externalDocs',
  '$id',
  '$schema',
  '$anchor',
]);

/** The value a local JSON pointer reference (`#/a/b`) points at, or undefined. */
export function resolvePointer(document, reference) {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  let value = document;
  for (const token of reference.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Follows `$ref` of a parameter, header, response or schema; undefined when it leads nowhere. */
export function dereference(document, value) {
  for (let hops = 0; value?.$ref !== undefined && hops < 16; hops++) value = resolvePointer(document, value.$ref);
  return value;
}

export class Schemas {
  constructor(document) {
    this.document = document;
    this.defined = new Map();
    this.compiled = new Map();
    this.ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
    addFormats.default(this.ajv);
  }

  /** The validator of a schema object of the document. Throws when Ajv cannot compile it. */
  validator(schema) {
    const key = isReferenceOnly(schema) ? this.define(schema.$ref) : schema;
    let validate = this.compiled.get(key);
    if (validate === undefined) {
      validate = typeof key === 'string' ? this.ajv.getSchema(key) : this.ajv.compile(this.rewrite(schema));
      this.compiled.set(key, validate);
    }
    return validate;
  }

  /** Null when the value fits the schema, else one line about the first thing that does not. */
  explain(schema, value) {
    const validate = this.validator(schema);
    if (validate(value)) return null;
    const error = validate.errors[0];
    const extra = error.params?.additionalProperty ?? error.params?.unevaluatedProperty ?? error.params?.allowedValues;
    return `${error.instancePath || '/'} ${error.message}${extra === undefined ? '' : ` (${extra})`}`;
  }

  /** Gives what a reference points at an id of its own, so that Ajv compiles it once for all who refer to it. */
  define(reference) {
    let id = this.defined.get(reference);
    if (id === undefined) {
      const target = resolvePointer(this.document, reference);
      if (target === undefined) throw new Error(`${reference} does not resolve`);
      id = `baton:/${this.defined.size}`;
      this.defined.set(reference, id); // Before the rewrite: a schema may refer to itself.
      this.ajv.addSchema(this.rewrite(target), id);
    }
    return id;
  }

  rewrite(schema) {
    if (schema === null || typeof schema !== 'object') return schema;
    const result = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (left.has(keyword) || keyword.startsWith('x-')) continue;
      if (keyword === '$ref') result.$ref = this.define(value);
      else if (oneSchema.has(keyword)) result[keyword] = this.rewrite(value);
      else if (listOfSchemas.has(keyword)) result[keyword] = value.map((item) => this.rewrite(item));
      else if (mapOfSchemas.has(keyword)) result[keyword] = mapValues(value, (item) => this.rewrite(item));
      else result[keyword] = value;
    }
    return result;
  }
}

function mapValues(map, change) {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

function isReferenceOnly(schema) {
  return typeof schema?.$ref === 'string' && Object.keys(schema).length === 1;
}
