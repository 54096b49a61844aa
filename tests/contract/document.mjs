// Checks the OpenAPI document itself: what every operation has to say, and that nothing in it leads nowhere.
import { listRoutes } from './routes.mjs';
import { Schemas, dereference, resolvePointer } from './schemas.mjs';

/** All faults of the document, one line each. */
export function checkDocument(document) {
  const faults = [];
  if (!/^3\.1\./.test(document.openapi ?? '')) faults.push(`openapi is ${JSON.stringify(document.openapi)}, not 3.1.x`);
  checkReferences(document, document, '#', faults);
  const routes = listRoutes(document);
  if (routes.length === 0) faults.push('the document has no operations');
  checkTemplates(document, faults);
  const seen = new Map();
  for (const route of routes) {
    const report = (text) => faults.push(`${route.label}: ${text}`);
    checkIdentity(route, seen, report);
    checkParameters(document, route, report);
    checkResponses(document, route, report);
    checkErrorCodes(document, route, report);
  }
  if (faults.length === 0) checkSchemas(document, routes, faults);
  return faults;
}

/** True when a caller needs a key for the operation. */
export function needsKey(document, operation) {
  const security = operation.security ?? document.security ?? [];
  return security.length > 0 && !security.some((alternative) => Object.keys(alternative).length === 0);
}

export function documentedResponse(operation, status) {
  const responses = operation.responses ?? {};
  return responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses.default;
}

/** The codes for a status in `x-error-codes` or `x-common-error-codes`: by status, or one list for all. */
export function codesFor(extension, status) {
  if (extension === undefined) return [];
  return Array.isArray(extension) ? extension : (extension[status] ?? []);
}

function checkReferences(document, value, place, faults) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.$ref === 'string' && resolvePointer(document, value.$ref) === undefined) {
    faults.push(`${place}: $ref ${value.$ref} does not resolve`);
  }
  for (const [name, member] of Object.entries(value)) {
    const isIllustration = name === 'example' || name === 'examples' || name === 'default';
    if (!isIllustration || place.endsWith('/properties')) checkReferences(document, member, `${place}/${name}`, faults);
  }
}

function checkTemplates(document, faults) {
  const shapes = new Map();
  for (const template of Object.keys(document.paths ?? {})) {
    if (!template.startsWith('/')) faults.push(`${template}: a path starts with a slash`);
    const shape = template.replace(/\{[^}]*\}/g, '{}');
    if (shapes.has(shape)) faults.push(`${template}: the same path as ${shapes.get(shape)}`);
    shapes.set(shape, template);
  }
}

function checkIdentity({ label, operation }, seen, report) {
  if (!operation.summary?.trim()) report('no summary');
  if (!operation.operationId?.trim()) return report('no operationId');
  const other = seen.get(operation.operationId);
  if (other) report(`operationId ${operation.operationId} is also that of ${other}`);
  seen.set(operation.operationId, label);
}

function checkParameters(document, { template, operation, pathItem }, report) {
  const own = readParameters(document, operation);
  const parameters = [...readParameters(document, pathItem), ...own];
  const inTemplate = [...template.matchAll(/\{\*{0,2}([^}+]+)\+?\}/g)].map((match) => match[1]);
  const declared = parameters.filter((parameter) => parameter.in === 'path');
  for (const name of inTemplate) {
    const parameter = declared.find((candidate) => candidate.name === name);
    if (!parameter) report(`path parameter {${name}} is not declared`);
    else if (parameter.required !== true) report(`path parameter {${name}} is not marked as required`);
  }
  for (const { name } of declared) if (!inTemplate.includes(name)) report(`path parameter ${name} is not in the path`);
  for (const { name } of parameters.filter(({ schema, content }) => !schema && !content))
    report(`${name} has no schema`);
  const keys = own.map((parameter) => `${parameter.in} ${parameter.name}`);
  for (const key of new Set(keys)) {
    if (keys.indexOf(key) !== keys.lastIndexOf(key)) report(`parameter ${key} is declared twice`);
  }
}

/** The parameters of a path item or an operation, references followed. */
export function readParameters(document, item) {
  return (item.parameters ?? []).map((parameter) => dereference(document, parameter)).filter(Boolean);
}

function checkResponses(document, { operation }, report) {
  const statuses = Object.keys(operation.responses ?? {});
  if (!statuses.some((status) => /^[123]/.test(status))) report('no documented success');
  if (needsKey(document, operation) && !documentedResponse(operation, 401)) report('401 is not documented');
  for (const status of statuses) {
    if (!/^([1-5][0-9]{2}|[1-5]XX|default)$/.test(status)) report(`${status} is no status`);
    const response = dereference(document, operation.responses[status]);
    if (response && !response.description?.trim()) report(`response ${status} has no description`);
    const isProblem = Boolean(response?.content?.['application/problem+json']);
    if (response && /^[45]/.test(status) && !isProblem) report(`${status} has no problem document`);
  }
}

function checkErrorCodes(document, { operation }, report) {
  const codes = operation['x-error-codes'];
  if (codes === undefined || Array.isArray(codes)) return;
  for (const [status, list] of Object.entries(codes)) {
    if (!documentedResponse(operation, status)) report(`x-error-codes names status ${status}, which is not documented`);
    if (!Array.isArray(list) || list.length === 0) report(`x-error-codes for ${status} is not a list of codes`);
  }
}

function checkSchemas(document, routes, faults) {
  const schemas = new Schemas(document);
  const compile = (schema, place) => {
    try {
      if (schema !== undefined) schemas.validator(schema);
    } catch (error) {
      faults.push(`${place}: the schema does not compile: ${error.message}`);
    }
  };
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) compile(schema, `schema ${name}`);
  for (const { label, operation, pathItem } of routes) {
    for (const parameter of [...readParameters(document, pathItem), ...readParameters(document, operation)]) {
      compile(parameter.schema, `${label}: parameter ${parameter.name}`);
    }
    const body = dereference(document, operation.requestBody);
    compileContent(body?.content, `${label}: body`, compile);
    for (const [status, reference] of Object.entries(operation.responses ?? {})) {
      const response = dereference(document, reference);
      compileContent(response.content, `${label}: ${status}`, compile);
      for (const [name, header] of Object.entries(response.headers ?? {})) {
        compile(dereference(document, header).schema, `${label}: ${status} header ${name}`);
      }
    }
  }
}

function compileContent(content, place, compile) {
  for (const [type, media] of Object.entries(content ?? {})) compile(media.schema, `${place} ${type}`);
}
