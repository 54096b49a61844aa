// Valid JSON values from the JSON Schemas of an OpenAPI document.
import { dereference } from '../contract/schemas.mjs';
import { hint } from './hints.mjs';

const depthLimit = 5;
const words = [
  'alpha',
  'a',
  'pending',
  'result of the run',
  'caf\u00e9 \u4e2d\u6587 \ud83d\ude80',
  '0',
  'x'.repeat(40),
];

export class Values {
  constructor(document) {
    this.document = document;
  }

  /** A value for a named parameter or member, from its hint where there is one. */
  named(name, schema, context, depth = 0) {
    const hinted = hint(name, context);
    if (hinted !== undefined && this.fits(schema, hinted)) return hinted;
    return this.make(schema, context, depth);
  }

  make(reference, context, depth = 0) {
    const { random } = context;
    const schema = dereference(this.document, reference);
    if (schema === undefined || schema === true || Object.keys(schema).length === 0)
      return this.anything(random, depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return random.pick(schema.enum);
    const examples = schema.examples ?? (schema.example === undefined ? [] : [schema.example]);
    if (examples.length > 0 && random.chance(0.2)) return structuredClone(random.pick(examples));
    if (schema.allOf !== undefined) return this.merged(schema, context, depth);
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives !== undefined) return this.alternative(schema, alternatives, context, depth);
    return this.ofType(schema, this.typeOf(schema, random), context, depth);
  }

  alternative(schema, alternatives, context, depth) {
    const usable = alternatives.filter((one) => dereference(this.document, one)?.type !== 'null');
    const value = this.make(context.random.pick(usable.length > 0 ? usable : alternatives), context, depth);
    if (schema.properties === undefined || value === null || typeof value !== 'object') return value;
    return { ...this.object(schema, context, depth), ...value };
  }

  merged(schema, context, depth) {
    const parts = schema.allOf.map((part) => this.make(part, context, depth));
    if (parts.some((part) => part === null || typeof part !== 'object')) return parts[0];
    return Object.assign({}, ...parts, schema.properties ? this.object(schema, context, depth) : {});
  }

  typeOf(schema, random) {
    const types = [schema.type].flat().filter((type) => type !== undefined);
    const solid = types.filter((type) => type !== 'null');
    if (types.includes('null') && random.chance(0.1)) return 'null';
    if (solid.includes('integer') || solid.includes('number')) return solid.find((type) => type !== 'string');
    if (solid.length > 0) return random.pick(solid);
    return schema.properties || schema.additionalProperties
      ? 'object'
      : schema.items
        ? 'array'
        : schema.pattern
          ? 'string'
          : 'any';
  }

  ofType(schema, type, context, depth) {
    const { random } = context;
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return random.chance(0.5);
      case 'integer':
        return this.number(schema, random);
      case 'number':
        return random.chance(0.5) ? this.number(schema, random) : this.number(schema, random) + 0.5;
      case 'string':
        return this.string(schema, random);
      case 'array':
        return this.array(schema, context, depth);
      case 'object':
        return this.object(schema, context, depth);
      default:
        return this.anything(random, depth);
    }
  }

  object(schema, context, depth) {
    const { random } = context;
    const result = {};
    const required = new Set(schema.required ?? []);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (!required.has(name) && (depth >= depthLimit || !random.chance(likelihood(name)))) continue;
      result[name] = this.named(name, property, { ...context, where: 'body' }, depth + 1);
    }
    const more = schema.additionalProperties;
    if (more !== undefined && more !== false && schema.properties === undefined && depth < depthLimit) {
      for (let count = random.below(4); count > 0; count--)
        result[random.pick(['a', 'n', '/n', 'k-1', 'log'])] = this.make(more, context, depth + 1);
    }
    return result;
  }

  array(schema, context, depth) {
    const low = schema.minItems ?? 0;
    const high = Math.max(low, Math.min(schema.maxItems ?? 3, 3));
    const length = depth >= depthLimit ? low : context.random.between(low, high);
    return Array.from({ length }, () => this.make(schema.items, context, depth + 1));
  }

  number(schema, random) {
    const low = schema.minimum ?? (schema.exclusiveMinimum !== undefined ? schema.exclusiveMinimum + 1 : 0);
    const high = Math.min(schema.maximum ?? low + 100, low + 1000);
    return random.chance(0.1) ? high : random.between(Math.ceil(low), Math.floor(high));
  }

  string(schema, random) {
    if (schema.format === 'date-time') return new Date(1.8e12 + random.below(1e9)).toISOString();
    if (schema.format === 'byte') return random.bytes(random.below(12)).toString('base64');
    const candidates = [
      random.pick(words),
      random.text(random.between(1, 12)),
      'a',
      'a-1',
      '1',
      '/a',
      '"1"',
      'stash:a',
      'a.b',
    ];
    const fitting = candidates.find((text) => this.fits(schema, text));
    return fitting ?? 'a'.repeat(Math.min(schema.minLength ?? 1, 256));
  }

  /** A cheap test, enough to see whether a hint is of the right kind. */
  fits(reference, value) {
    const schema = dereference(this.document, reference);
    if (schema === undefined || schema === true) return true;
    if (schema.enum !== undefined) return schema.enum.includes(value);
    if (schema.type === undefined) return true;
    const types = [schema.type].flat();
    const type = Array.isArray(value)
      ? 'array'
      : Number.isInteger(value)
        ? 'integer'
        : value === null
          ? 'null'
          : typeof value;
    if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) return false;
    if (typeof value === 'number')
      return value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
    if (typeof value !== 'string') return true;
    if (value.length < (schema.minLength ?? 0) || value.length > (schema.maxLength ?? Infinity)) return false;
    return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
  }

  anything(random, depth) {
    const kind = random.below(depth >= depthLimit ? 5 : 9);
    switch (kind) {
      case 0:
        return random.pick(words);
      case 1:
        return random.between(-5, 1000);
      case 2:
        return random.chance(0.5);
      case 3:
        return random.chance(0.5) ? null : 0.5;
      case 4:
        return { status: 'pending', n: random.below(10), log: [] };
      case 5:
        return Array.from({ length: random.below(4) }, () => this.anything(random, depth + 1));
      default:
        return {
          a: this.anything(random, depth + 1),
          status: random.pick(['pending', 'done']),
          n: random.below(100),
          log: [1],
        };
    }
  }
}

// Members that make most requests fail on purpose, or that leave things behind, are rare.
const rare = new Set([
  'schema_id',
  'ttl',
  'rate_limit',
  'expires_in',
  'linked_stash',
  'max_entries',
  'overflow',
  'if_version',
]);

export function likelihood(name) {
  return rare.has(name) ? 0.1 : name === 'create_if_missing' ? 0.9 : name === 'cursor' ? 0.05 : 0.4;
}
