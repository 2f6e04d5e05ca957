import {
  AnswerHash,
  Command,
  CommandOutcome,
  Criteria,
  Envelope,
  LiveEvent,
  MAX_BODY_BYTES,
  MarkList,
  Meta,
  QueryBatch,
  QueryBatchAnswer,
  Question,
  Refusal,
} from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { OEmbedAnswer } from './oembed.ts';
import { embedPaths } from './openapi-embed.ts';
import { ledgerPaths } from './openapi-ledger.ts';
import { operationPaths } from './openapi-operations.ts';
import { queryPaths } from './openapi-query.ts';
import { snapshotPaths } from './openapi-snapshots.ts';
import { SnapshotAnswer, SnapshotList, SnapshotRequest } from './snapshots.ts';
import { TicketAnswer, TokenAnswer, TokenRequest } from '../sign-in/grant.ts';
import { UploadJob, UploadRequest } from '../uploads/shapes.ts';

const SCHEMAS = {
  AnswerHash,
  Command,
  CommandOutcome,
  Criteria,
  Envelope,
  LiveEvent,
  MarkList,
  Meta,
  OEmbedAnswer,
  QueryBatch,
  QueryBatchAnswer,
  Question,
  Refusal,
  SnapshotAnswer,
  SnapshotList,
  SnapshotRequest,
  TicketAnswer,
  TokenAnswer,
  TokenRequest,
  UploadJob,
  UploadRequest,
};

const schema = (name: keyof typeof SCHEMAS) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: keyof typeof SCHEMAS) => ({ 'application/json': { schema: schema(name) } });
const refused = (description: string) => ({ description, content: json('Refusal') });

const closed = {
  '403': refused('The Origin is not on the list; in development, the Host header is not this machine.'),
};
const guarded = {
  '401': refused('No token, or one that does not hold: ask for a new one'),
  '403': refused('The Origin is not on the list, or the rights of the token do not reach that far'),
  '429': refused('Asked too often; come again when `Retry-After` says'),
};

/** JSON Schemas of everything that crosses the wire, from the zod schemas it is checked with. */
function components(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, one] of Object.entries(SCHEMAS)) registry.add(one, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'input' });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...rest }]) => [id, rest]));
}

/** The OpenAPI 3.1 description of the server; `imports` = it takes files, `figures` = it counts. */
export function openApi(version: string, { imports = false, figures = false } = {}): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sama',
      version,
      description: 'Questions about the funnel from marketing to sales, and their answers.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths: {
      ...queryPaths({ schema, json, refused, guarded }),
      '/v1/commands': { post: postCommand() },
      '/v1/tokens': { post: postTokens() },
      ...snapshotPaths({ json, refused, guarded, closed }),
      ...ledgerPaths({ json, refused, guarded }),
      ...embedPaths({ json, refused, closed }),
      '/v1/meta': {
        get: {
          operationId: 'meta',
          summary: 'What this server is and offers',
          responses: {
            '200': { description: 'Versions, definitions, capabilities and element files', content: json('Meta') },
            ...guarded,
          },
        },
      },
      '/v1/live': { get: getLive() },
      '/v1/openapi.json': {
        get: {
          operationId: 'openapi',
          security: [],
          summary: 'This description',
          responses: {
            '200': { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
            ...closed,
          },
        },
      },
      ...operationPaths({ refused, closed }, figures),
      '/cdn/{version}/{path}': { get: getElements() },
      ...(imports ? importPaths() : {}),
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An embed token of one person.' },
        ...(imports ? { importKey: { type: 'http', scheme: 'bearer', description: 'The key of imports.' } } : {}),
        key: { type: 'http', scheme: 'bearer', description: 'A key of a server that makes tokens; never for pages.' },
      },
      schemas: components(),
    },
  };
}

function postCommand() {
  return {
    operationId: 'command',
    summary: 'Change a hand-off or a term',
    description:
      'Once acknowledged, a command is on disk. Without an answer, send it again with the same `commandId`: it is done once. Who gave it and when is set by the server, by the token.',
    requestBody: { required: true, content: json('Command') },
    responses: {
      '200': { description: 'Done; `state` is the row or line as it stands now', content: json('CommandOutcome') },
      ...guarded,
      '404': refused('This server keeps no ledger'),
      '409': { description: 'Another was faster: `by` and `at` say who and when', content: json('CommandOutcome') },
      '413': refused(`The body is larger than ${MAX_BODY_BYTES} bytes, or nests too deep`),
      '422': {
        description: 'Not allowed now, or no command; `field` and `remedy` say where and what would help',
        content: { 'application/json': { schema: { anyOf: [schema('CommandOutcome'), schema('Refusal')] } } },
      },
      '503': refused('It could not be kept, so it did not happen'),
    },
  };
}

function postTokens() {
  return {
    operationId: 'tokens',
    summary: 'Make a token, or a ticket to an embed page, for one person',
    description:
      'For the server of a page, which knows who is signed in there. What is left out is as the key has it; capabilities have to be asked for. A token lives ten minutes at most, a ticket one minute.',
    security: [{ key: [] }],
    requestBody: { required: true, content: json('TokenRequest') },
    responses: {
      '200': {
        description: 'The token, or the ticket when one was asked for',
        content: { 'application/json': { schema: { anyOf: [schema('TokenAnswer'), schema('TicketAnswer')] } } },
      },
      '401': refused('No key, or one that does not hold'),
      '403': refused('More than the key allows, or sent from a page'),
      '404': refused('This server runs without sign-in, for development'),
      '413': refused('The body is too large'),
      '422': refused('The body cannot be read; `message` names the field and the remedy'),
    },
  };
}

function getLive() {
  return {
    operationId: 'live',
    summary: 'Hear of other data',
    description:
      'Server-sent events: one of the name `data` at once and one after each import and each change of the ledger, with a LiveEvent as its data, and a comment every 15 s. Read it by `fetch`, which can send a token. Offered when the capabilities of `/v1/meta` name `live`.',
    responses: {
      '200': {
        description: 'The events, until the reader leaves',
        content: {
          'text/event-stream': {
            schema: { type: 'string', contentMediaType: 'application/json', contentSchema: schema('LiveEvent') },
          },
        },
      },
      ...guarded,
      '503': refused('Too many readers are listening; look at `/v1/meta` instead'),
    },
  };
}

function getElements() {
  return {
    operationId: 'elements',
    security: [],
    summary: 'The elements this server was built with',
    parameters: [
      {
        name: 'version',
        in: 'path',
        required: true,
        description: 'A version, or `latest`, which redirects.',
        schema: { type: 'string' },
      },
      {
        name: 'path',
        in: 'path',
        required: true,
        description: 'A file such as `sama-funnel.js`, or `integrity.json`.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      '200': {
        description: 'The file, for ever the same',
        content: { 'text/javascript': { schema: { type: 'string' } } },
      },
      '302': { description: 'From `latest` to the version' },
      ...closed,
      '404': refused('No such version or file'),
    },
  };
}

function importPaths() {
  const security = [{ importKey: [] }];
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const common = {
    '401': refused('The key of imports is missing or another'),
    '403': refused('Sent from a page; in development, the Host header is not this machine.'),
  };
  const known = { ...common, '404': refused('There is no such upload') };
  return {
    '/imports': {
      post: {
        operationId: 'createUpload',
        summary: 'Ask for a place for a file to import',
        security,
        requestBody: { required: true, content: json('UploadRequest') },
        responses: {
          '201': { description: 'The upload, which waits for its content', content: json('UploadJob') },
          ...common,
          '413': refused('The body is too large, or nests too deep'),
          '422': refused('The request cannot be read; `message` names the field and the remedy'),
          '429': refused('Too many uploads are not finished'),
        },
      },
    },
    '/imports/events': {
      post: {
        operationId: 'sendEvents',
        summary: 'Tell of what happened, as it happens',
        description:
          'Lists of records, events, activities and figures in the shape of Sama, signed by the key of imports.',
        security: [],
        parameters: [
          {
            name: 'Sama-Signature',
            in: 'header',
            required: true,
            description: 't=SECONDS,v1=HEX: the Unix second, and the HMAC-SHA256 of that, a dot and the body.',
            schema: { type: 'string' },
          },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
        responses: {
          '202': {
            description: 'It is on the disk and will be imported',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          '403': refused('The signature does not hold, or it was sent from a page'),
          '413': refused('The message is too large'),
          '422': refused('The message is not of the shape of Sama'),
          '429': refused('Too many messages wait to be imported'),
        },
      },
    },
    '/imports/{id}': {
      get: {
        operationId: 'upload',
        summary: 'How far an upload is',
        security,
        parameters,
        responses: { '200': { description: 'The upload', content: json('UploadJob') }, ...known },
      },
    },
    '/imports/{id}/content': {
      post: {
        operationId: 'sendContent',
        summary: 'Send the file',
        security,
        parameters,
        requestBody: { required: true, content: { 'application/octet-stream': {} } },
        responses: {
          '202': { description: 'It is on the disk and will be imported', content: json('UploadJob') },
          ...known,
          '409': refused('The content has been sent before'),
          '413': refused('The content is too large'),
          '422': refused('The content is empty, or did not come to its end'),
        },
      },
    },
    '/imports/{id}/rejects': {
      get: {
        operationId: 'rejects',
        summary: 'The rows an upload lost',
        security,
        parameters,
        responses: {
          '200': { description: 'All of them', content: { 'text/csv': { schema: { type: 'string' } } } },
          ...known,
        },
      },
    },
  };
}
